// Colours are taken out within bounds, and lines stay lines.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/colours.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<char> out(size);
  const std::size_t written = wayside::strip_colours(text, out.data());
  if (written > size) std::abort();
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (std::count(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(written), '\n') != lines) {
    std::abort();
  }
  return 0;
}
