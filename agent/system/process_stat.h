#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/core/result.h"

namespace wayside {

// What /proc/PID/stat says of a process, in the units it is written in (proc(5)).
struct ProcessStat {
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
