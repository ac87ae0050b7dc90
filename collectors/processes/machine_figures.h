#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

#include "agent/system/kernel_file.h"

namespace wayside {

// The first figure of /proc/uptime: seconds since boot.
std::optional<double> parse_uptime(std::string_view text);
// MemTotal of /proc/meminfo, in bytes.
std::optional<std::uint64_t> parse_memory_total(std::string_view text);

// What is told of processes in relation to their machine. One thread.
class MachineFigures {
 public:
  explicit MachineFigures(const std::filesystem::path& proc)
      : stat_(proc / "stat"), uptime_(proc / "uptime"), memory_(proc / "meminfo") {}

  void refresh();
  // Seconds since 1970; found out once, since the kernel's moves with every correction of the
  // clock.
  [[nodiscard]] std::optional<double> booted() const { return booted_; }
  [[nodiscard]] std::optional<double> uptime() const { return seconds_; }
  [[nodiscard]] std::optional<std::uint64_t> memory() const { return total_; }

 private:
  KernelFile stat_;
  KernelFile uptime_;
  KernelFile memory_;
  std::optional<double> booted_;
  std::optional<double> seconds_;
  std::optional<std::uint64_t> total_;
};

}  // namespace wayside
