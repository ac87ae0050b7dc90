// Whatever is written in whatever pieces comes back from zlib. The first two bytes of the input
// say how large the pieces are, and how often the rest is repeated.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "exporters/prometheus/format/gzip_stream.h"
#include "tests/support/gunzip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  std::string page;
  for (int i = 0; i <= data[1] % 32; ++i) page += rest;

  std::string member;
  wayside::GzipStream stream([&](std::string_view out) {
    member += out;
    return true;
  });
  std::size_t piece = data[0];
  for (std::string_view left = page; !left.empty();) {
    piece = piece * 48'271 % 262'147 + 1;
    const std::size_t part = std::min(left.size(), piece >> data[0] % 16U);
    if (!stream.write(left.substr(0, part))) std::abort();
    left.remove_prefix(part);
  }
  if (!stream.finish() || wayside::support::gunzip(member) != page) std::abort();
  return 0;
}
