#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace wayside {

inline constexpr std::size_t kMaxUserName = 256;
// More than any hash takes: bcrypt reads 72 bytes, crypt_r refuses what is longer than this.
inline constexpr std::size_t kMaxPassword = 511;

struct BasicCredentials {
  std::string user;
  std::string password;
};
struct BearerToken {
  std::string token;
};
struct NoCredentials {};     // the field is absent or empty
struct WrongCredentials {};  // of another scheme, or malformed

using Credentials = std::variant<NoCredentials, WrongCredentials, BasicCredentials, BearerToken>;

// Reads the value of an Authorization field (RFC 9110, 11.6.2): Basic (RFC 7617) in padded,
// canonical base64 without control characters, or Bearer (RFC 6750).
Credentials parse_authorization(std::string_view value);

// Whether these are the characters of a bearer token (RFC 6750, 2.1).
bool is_bearer_token(std::string_view text);

}  // namespace wayside
