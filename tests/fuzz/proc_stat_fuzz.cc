#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "agent/system/process_stat.h"

// The texts of /proc/PID/stat, /proc/stat and /proc/PID/limits. What parses must come out the
// same however the command before the last parenthesis reads.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto stat = wayside::parse_process_stat(text);
  if (stat) {
    const auto again = wayside::parse_process_stat(text.substr(text.rfind(')')));
    if (!again || again->resident_pages != stat->resident_pages) std::abort();
  }
  static_cast<void>(wayside::parse_boot_time(text));
  static_cast<void>(wayside::parse_soft_limit(text, "Max open files"));
  return 0;
}
