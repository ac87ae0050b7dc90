#include "collectors/access_log/format/client_address.h"

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

// The number in front of the next dot, which is taken off; -1 where there is none.
int take_octet(std::string_view& address) {
  std::size_t i = 0;
  int value = 0;
  for (; i < address.size() && i < 3 && is_digit(address[i]); ++i) {
    value = value * 10 + (address[i] - '0');
  }
  if (i == 0 || i == address.size() || address[i] != '.') return -1;
  address.remove_prefix(i + 1);
  return value;
}

bool is_private_ipv4(std::string_view address) {
  const int first = take_octet(address);
  if (first == 10 || first == 127) return true;
  if (first != 172 && first != 192 && first != 169 && first != 100) return false;
  const int second = take_octet(address);
  if (first == 172) return second >= 16 && second <= 31;
  if (first == 192) return second == 168;
  if (first == 169) return second == 254;
  return second >= 64 && second <= 127;
}

bool is_private_ipv6(std::string_view address) {
  if (address == "::1") return true;
  if (address.starts_with("::ffff:")) return is_private_ipv4(address.substr(7));
  const char a = static_cast<char>(address[0] | 0x20);
  const char b = address.size() > 1 ? static_cast<char>(address[1] | 0x20) : '\0';
  const char c = address.size() > 2 ? static_cast<char>(address[2] | 0x20) : '\0';
  if (a != 'f') return false;
  return b == 'c' || b == 'd' || (b == 'e' && (c == '8' || c == '9' || c == 'a' || c == 'b'));
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

bool is_private_address(std::string_view address) {
  if (address.empty()) return false;
  if (address.starts_with("unix:")) return true;
  return address.find(':') == std::string_view::npos ? is_private_ipv4(address)
                                                     : is_private_ipv6(address);
}

bool looks_like_address(std::string_view text) {
  std::size_t dots = 0;
  std::size_t colons = 0;
  bool letters = false;
  for (const char c : text) {
    const char lower = static_cast<char>(c | 0x20);
    if (c == '.') {
      ++dots;
    } else if (c == ':') {
      ++colons;
    } else if (lower >= 'a' && lower <= 'f') {
      letters = true;
    } else if (!is_digit(c)) {
      return false;
    }
  }
  return colons >= 2 ? text.size() <= 45 : dots == 3 && colons == 0 && !letters;
}

std::string_view original_client(std::string_view peer, std::string_view forwarded) {
  if (forwarded.empty() || (!peer.empty() && !is_private_address(peer))) return peer;
  std::string_view first;
  while (!forwarded.empty()) {
    const std::size_t comma = forwarded.rfind(',');
    const bool only = comma == std::string_view::npos;
    const std::string_view address = trim(only ? forwarded : forwarded.substr(comma + 1));
    forwarded = only ? std::string_view() : forwarded.substr(0, comma);
    if (!looks_like_address(address)) break;
    first = address;
    if (!is_private_address(address)) break;
  }
  return first.empty() ? peer : first;
}

}  // namespace wayside
