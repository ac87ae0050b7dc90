#include "collectors/processes/process_status.h"

#include "collectors/processes/keyed_lines.h"

namespace wayside {

// The Name comes first, with its newlines escaped by the kernel: it cannot pass for a line.
ProcessStatus parse_process_status(std::string_view text) {
  ProcessStatus status;
  each_keyed_line(text, [&](std::string_view key, std::string_view rest) {
    if (key == "Uid") {
      next_word(rest);
      status.user = next_number<std::uint32_t>(rest);
    } else if (key == "RssAnon") {
      status.anonymous_bytes = kilobytes(rest);
    } else if (key == "VmSwap") {
      status.swapped_bytes = kilobytes(rest);
    } else if (key == "voluntary_ctxt_switches") {
      status.voluntary_switches = next_number<std::uint64_t>(rest);
    } else if (key == "nonvoluntary_ctxt_switches") {
      status.involuntary_switches = next_number<std::uint64_t>(rest);
    }
  });
  return status;
}

}  // namespace wayside
