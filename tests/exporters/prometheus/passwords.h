#pragma once

#include <string>
#include <string_view>

namespace wayside::test {

// "secret", hashed by libxcrypt: at the lowest cost, and at the usual one.
inline constexpr std::string_view kCheapHash =
    "$2b$04$Em0X6G6CnVbHDOP5Nzqeo.bGo8eco3vs3k4VC/qxUIPLSPYV14JPq";
inline constexpr std::string_view kDearHash =
    "$2b$10$eoQC61vRrArp3HStcK.a/Ovp7OpSmpSt2InnwPWO.PEkQxxKrNegS";

// The value of an Authorization field.
inline std::string basic(std::string_view user, std::string_view password) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string text = std::string(user) + ":" + std::string(password);
  std::string out = "Basic ";
  for (std::size_t at = 0; at < text.size(); at += 3) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8U | (at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      out += at + i > text.size() ? '=' : kDigits[bits >> (18 - 6 * i) & 63U];
    }
  }
  return out;
}

}  // namespace wayside::test
