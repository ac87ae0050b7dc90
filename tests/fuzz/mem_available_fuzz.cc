#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "collectors/processes/leaks/mem_available.h"

// The text of /proc/meminfo. What comes out is whole kilobytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto bytes = wayside::parse_mem_available(text);
  if (bytes && *bytes % 1024 != 0) std::abort();
  return 0;
}
