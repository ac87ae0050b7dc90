#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace wayside {

// What is counted over a process' life, in the kernel's units.
enum class Count : std::uint8_t {
  user_ticks,
  system_ticks,
  minor_faults,
  major_faults,
  voluntary_switches,
  involuntary_switches,
  read_bytes,
  written_bytes,
};
inline constexpr std::size_t kCounts = 8;

// A figure of each; absent where it could not be read.
class Counts {
 public:
  std::optional<std::uint64_t>& operator[](Count count) {
    return values_[static_cast<std::size_t>(count)];
  }
  const std::optional<std::uint64_t>& operator[](Count count) const {
    return values_[static_cast<std::size_t>(count)];
  }
  [[nodiscard]] auto begin() const { return values_.begin(); }
  [[nodiscard]] auto end() const { return values_.end(); }

  // Takes `now` over as what was read last, and tells what was added since. What is read for the
  // first time was added since where `whole`; else nobody knows what of it was told before, and it
  // counts from here. A figure that went back adds nothing.
  Counts advance(const Counts& now, bool whole);
  // Adds what is there.
  void add(const Counts& more);

 private:
  std::array<std::optional<std::uint64_t>, kCounts> values_;
};

}  // namespace wayside
