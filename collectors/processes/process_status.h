#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wayside {

// What /proc/PID/status, or a thread's /proc/PID/task/TID/status, says (proc(5)). A line that is
// not there leaves its field empty: a kernel thread and a zombie have no memory to tell of.
struct ProcessStatus {
  std::optional<std::uint32_t> user;                  // Uid, the effective one
  std::optional<std::uint64_t> anonymous_bytes;       // RssAnon
  std::optional<std::uint64_t> swapped_bytes;         // VmSwap
  std::optional<std::uint64_t> voluntary_switches;    // of this one thread
  std::optional<std::uint64_t> involuntary_switches;  // of this one thread
};

ProcessStatus parse_process_status(std::string_view text);

}  // namespace wayside
