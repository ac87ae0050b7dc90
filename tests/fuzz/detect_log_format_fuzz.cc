// Any first lines of a file tell a format or a reason why not.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collectors/access_log/format/detect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto format = wayside::detect_log_format({reinterpret_cast<const char*>(data), size});
  if (!format) {
    if (format.error().message.empty()) std::abort();
    return 0;
  }
  // What was told is a format that a user could have given.
  if (!wayside::compile_log_format(format->text()).ok()) std::abort();
  return 0;
}
