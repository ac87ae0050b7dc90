#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/core/result.h"

namespace wayside {

// What /proc/PID/stat says of a process, in the units it is written in (proc(5)).
struct ProcessStat {
  std::string_view command;          // field 2, comm: any bytes; points into the text
  char state = '?';                  // field 3: R, S, D, Z, T, t, X or I
  std::uint64_t parent = 0;          // field 4, ppid; 0: none that can be seen
  std::uint64_t minor_faults = 0;    // field 10, minflt
  std::uint64_t major_faults = 0;    // field 12, majflt
  std::uint64_t user_ticks = 0;      // field 14, utime
  std::uint64_t system_ticks = 0;    // field 15, stime
  std::uint64_t threads = 0;         // field 20, num_threads
  std::uint64_t start_ticks = 0;     // field 22, starttime: ticks after boot
  std::uint64_t virtual_bytes = 0;   // field 23, vsize
  std::uint64_t resident_pages = 0;  // field 24, rss
};

// Parses the text of /proc/PID/stat. The command, field 2, may hold any byte, spaces and
// parentheses included: it ends at the last `)`.
Result<ProcessStat> parse_process_stat(std::string_view text);

// `btime` of /proc/stat: when the machine was booted, in seconds since 1970 UTC.
std::optional<std::uint64_t> parse_boot_time(std::string_view text);

// The soft limit called `name` in /proc/PID/limits ("Max open files"). Without a limit it is the
// greatest number, as the kernel has it (RLIM_INFINITY) and Prometheus' client libraries show it.
std::optional<std::uint64_t> parse_soft_limit(std::string_view text, std::string_view name);

}  // namespace wayside
