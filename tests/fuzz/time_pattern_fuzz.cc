// The first line of the input is a pattern as strftime has it, the rest a time. What is read lies
// within the text, and what was compiled reads the same twice.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collectors/access_log/format/time_pattern.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  const auto pattern = wayside::TimePattern::compile(text.substr(0, end));
  if (!pattern) return 0;
  const std::string_view time = text.substr(end + 1);
  wayside::LocalOffset local;
  std::size_t taken = 0;
  const auto read = pattern->read(time, local, taken);
  if (!read) return 0;
  if (taken > time.size()) std::abort();
  std::size_t again = 0;
  if (pattern->read(time.substr(0, taken), local, again) != read || again != taken) std::abort();
  return 0;
}
