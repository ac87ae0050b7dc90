#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/core/time.h"

namespace wayside {

// A moment as a calendar and a clock on the wall show it.
struct Civil {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int offset_seconds = 0;  // east of Greenwich
  std::int64_t micros = 0;
};

// Nothing where there is no such day or hour; years are 1970 to 9999, and a sixtieth second counts
// as the next minute's first.
std::optional<WallTime> to_wall(const Civil& c);

// Reads the parts of a time from the front of a text; any failure sticks.
class CivilReader {
 public:
  explicit CivilReader(std::string_view text) : rest_(text) {}

  int digits(std::size_t count);
  void expect(char c) {
    if (!take(c)) ok_ = false;
  }
  bool take(char c) {
    if (!ok_ || rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  int month_name();
  // "+0200", "+02:00" or "Z", in seconds east of Greenwich.
  int offset();
  // Digits after the point, in microseconds: the first six count, up to nine are allowed.
  std::int64_t fraction();
  // Digits, at least one and at most `most`.
  std::int64_t number(std::size_t most);
  // Letters, at least one.
  std::string_view letters();

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace wayside
