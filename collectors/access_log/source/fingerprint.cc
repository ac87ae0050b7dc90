#include "collectors/access_log/source/fingerprint.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace wayside {
namespace {

bool has(int descriptor, std::uint64_t offset, std::size_t size, std::uint64_t print) {
  std::array<char, kHeadBytes> bytes{};
  if (size > bytes.size()) return false;
  const auto got = read_at(descriptor, bytes.data(), size, offset);
  return got && *got == size && fingerprint({bytes.data(), size}) == print;
}

}  // namespace

std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
  }
  return hash;
}

bool bears(int descriptor, const Position& position) {
  if (position.tail_bytes > position.offset) return false;
  return has(descriptor, 0, position.head_bytes, position.head) &&
         has(descriptor, position.offset - position.tail_bytes, position.tail_bytes, position.tail);
}

Result<std::size_t> read_at(int descriptor, char* into, std::size_t size, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n =
        ::pread(descriptor, into + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("cannot read");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

}  // namespace wayside
