#pragma once

#include <unistd.h>

namespace wayside {

// What the kernel counts in, on this machine.

// Seconds in one tick of /proc/PID/stat and /proc/stat (USER_HZ, proc(5)).
inline double seconds_per_tick() {
  static const double seconds = 1.0 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  return seconds;
}

inline double bytes_per_page() {
  static const auto bytes = static_cast<double>(::sysconf(_SC_PAGESIZE));
  return bytes;
}

}  // namespace wayside
