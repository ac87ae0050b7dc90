// Any header asks for one of the formats there are, and twice for the same one.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exporters/prometheus/http/negotiation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  if (wayside::choose_format(header) != wayside::choose_format(header)) std::abort();
  (void)wayside::takes_gzip(header);
  return 0;
}
