#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// A TLS connection begins with a record (RFC 8446, 5.1: type 22, version 3.x, length) that begins
// with a ClientHello (4: type 1, length). So many bytes tell both.
inline constexpr std::size_t kHelloBytes = 9;

enum class Hello : std::uint8_t {
  more,     // it may be one: too few bytes yet
  client,   // a ClientHello of a usual size
  not_tls,  // something else
  oversize  // longer than any that means well, or cut into pieces that hide its length
};

// Looks at the first bytes that a client sent, before anything is kept for it: OpenSSL sets aside
// whatever length a ClientHello claims, up to 128 KiB.
Hello look_at_hello(std::string_view bytes);

}  // namespace wayside
