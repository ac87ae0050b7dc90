#include "collectors/processes/listeners.h"

#include <algorithm>
#include <charconv>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::string_view kListening = "0A";  // TCP_LISTEN

// The port in "0100007F:4A9C", a local address.
std::optional<std::uint16_t> port_in(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view digits = address.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), port, 16);
  if (code != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return port;
}

std::optional<TcpListener> listener_in(std::string_view line) {
  next_word(line);  // its number in the table
  const auto port = port_in(next_word(line));
  next_word(line);  // the remote address
  if (!port || next_word(line) != kListening) return std::nullopt;
  constexpr int kBeforeInode = 5;  // queues, timer, retransmits, uid, timeout
  for (int word = 0; word < kBeforeInode; ++word) next_word(line);
  const auto inode = next_number<std::uint64_t>(line);
  if (!inode || *inode == 0) return std::nullopt;
  return TcpListener{*port, *inode};
}

}  // namespace

void parse_listeners(std::string_view text, std::span<const std::uint16_t> ports,
                     std::vector<TcpListener>& out) {
  while (!text.empty()) {
    const auto listener = listener_in(next_line(text));
    if (listener && std::find(ports.begin(), ports.end(), listener->port) != ports.end()) {
      out.push_back(*listener);
    }
  }
}

std::optional<std::uint64_t> parse_socket_link(std::string_view link) {
  constexpr std::string_view kFront = "socket:[";
  if (!link.starts_with(kFront) || !link.ends_with(']')) return std::nullopt;
  return number_in<std::uint64_t>(link.substr(kFront.size(), link.size() - kFront.size() - 1));
}

}  // namespace wayside
