// Any first lines of a file tell a format or a reason why not. What was told reads lines, and a
// config could have it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collectors/access_log/format/formats.h"
#include "tests/fuzz/touching_sink.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto format = wayside::tell_format(text, {});
  if (!format) {
    if (format.error().message.empty()) std::abort();
    return 0;
  }
  if (!wayside::named_format((*format)->text(), {}).ok()) std::abort();
  wayside::fuzz::parse_all(*(*format)->parser(), text);
  return 0;
}
