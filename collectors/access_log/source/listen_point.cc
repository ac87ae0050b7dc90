#include "collectors/access_log/source/listen_point.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include <array>
#include <charconv>

namespace wayside {
namespace {

constexpr std::string_view kUdp = "udp://";
constexpr std::string_view kUnix = "unixgram://";

Error wrong(std::string_view text, std::string_view why) {
  return Error{"\"" + std::string(text.substr(0, 200)) +
               "\" is no place to listen at: " + std::string(why) +
               R"(; write "udp://127.0.0.1:5140" or "unixgram:///run/wayside/syslog.sock")"};
}

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return ::inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

Result<ListenPoint> parse_udp(std::string_view text) {
  const auto address = text.substr(kUdp.size());
  const auto colon = address.rfind(':');
  if (colon == std::string_view::npos) return wrong(text, "it has no port");
  auto host = address.substr(0, colon);
  const auto digits = address.substr(colon + 1);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) {
    return wrong(text, "an IPv6 address stands in brackets");
  }
  ListenPoint point{.text = std::string(text), .host = std::string(host), .path = {}};
  if (!is_address(point.host)) return wrong(text, "the host is an address of numbers");
  const char* end = digits.data() + digits.size();
  const auto [stop, code] = std::from_chars(digits.data(), end, point.port);
  if (code != std::errc{} || stop != end || point.port == 0) {
    return wrong(text, "the port is a number from 1 to 65535");
  }
  return point;
}

Result<ListenPoint> parse_unix(std::string_view text) {
  const auto path = text.substr(kUnix.size());
  if (!path.starts_with('/') || path.ends_with('/')) return wrong(text, "the path is absolute");
  if (path.size() >= sizeof(sockaddr_un::sun_path)) {
    return wrong(text, "the path of a socket has at most 107 bytes");
  }
  if (path.find('\0') != std::string_view::npos) return wrong(text, "it holds a zero byte");
  return ListenPoint{.text = std::string(text), .host = {}, .path = std::string(path)};
}

}  // namespace

Result<ListenPoint> parse_listen_point(std::string_view text) {
  if (text.starts_with(kUdp)) return parse_udp(text);
  if (text.starts_with(kUnix)) return parse_unix(text);
  return wrong(text, "it begins with neither udp:// nor unixgram://");
}

}  // namespace wayside
