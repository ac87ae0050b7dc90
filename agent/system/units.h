#pragma once

#include <unistd.h>

#include <cstdint>

namespace wayside {

// What the kernel counts in, on this machine.

// Seconds in one tick of /proc/PID/stat and /proc/stat (USER_HZ, proc(5)).
inline double seconds_per_tick() {
  static const double seconds = 1.0 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return seconds;
}

inline double ticks_per_second() {
  static const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
  return ticks;
}

// The same as a division, so that 2090 ticks are 20.9 s and nothing beside it.
inline double seconds_in_ticks(std::uint64_t ticks) {
  return static_cast<double>(ticks) / ticks_per_second();
}

inline double bytes_per_page() {
  static const auto bytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace wayside
