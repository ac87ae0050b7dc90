// Any text given as a log format compiles to steps that end each line, or is refused with a
// reason.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collectors/access_log/format/log_format.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto format = wayside::compile_log_format(text);
  if (!format) {
    if (format.error().message.empty()) std::abort();
    return 0;
  }
  if (format->steps().empty() || !format->steps().back().last) std::abort();
  for (const wayside::FormatStep& step : format->steps()) {
    if (step.literal.empty() || step.size != step.literal.size()) std::abort();
    if (step.last != (step.literal.back() == '\n')) std::abort();
  }
  return 0;
}
