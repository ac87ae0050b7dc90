// The first line of the input is a format as a config has it, of any program, and the second one
// what it says of who a request is of; the rest is a log.
#include <cstdint>
#include <string>
#include <string_view>

#include "collectors/access_log/format/formats.h"
#include "tests/fuzz/touching_sink.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const std::size_t who_end = text.find('\n', end + 1);
  if (who_end == std::string_view::npos) return 0;
  wayside::FormatOptions options;
  options.user_agent = size % 2 == 0;
  options.who = std::string(text.substr(end + 1, who_end - end - 1));
  const auto format = wayside::named_format(text.substr(0, end), options);
  if (!format) {
    if (format.error().message.empty()) std::abort();
    return 0;
  }
  wayside::fuzz::parse_all(*(*format)->parser(), text.substr(who_end + 1));
  return 0;
}
