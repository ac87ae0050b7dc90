// Any first bytes of a connection: what is told of some of them holds for all that follow.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exporters/prometheus/http/tls_hello.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wayside;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Hello whole = look_at_hello(bytes);
  if ((whole == Hello::more) && size >= kHelloBytes) std::abort();
  for (std::size_t part = 0; part < size && part < kHelloBytes; ++part) {
    const Hello first = look_at_hello(bytes.substr(0, part));
    if (first != Hello::more && first != whole) std::abort();
  }
  return 0;
}
