#include "collectors/processes/sockets/sock_diag_reply.h"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/unix_diag.h>
#include <sys/socket.h>

#include <algorithm>

#include "agent/core/labels.h"

namespace wayside {
namespace {

constexpr std::size_t kMapped = 12;  // bytes before the IPv4 address in a mapped one

bool is_mapped(const std::array<std::uint8_t, 16>& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; }) &&
         bytes[10] == 0xff && bytes[11] == 0xff;
}

SocketAddress address_of(const inet_diag_msg& message) {
  SocketAddress address;
  address.port = ntohs(message.id.idiag_sport);
  if (message.idiag_family == AF_INET6) {
    std::memcpy(address.bytes.data(), &message.id.idiag_src, address.bytes.size());
    return address;
  }
  address.bytes[10] = address.bytes[11] = 0xff;
  std::memcpy(address.bytes.data() + kMapped, &message.id.idiag_src, 4);
  return address;
}

std::string_view text_in(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void read_attribute(const NetlinkAttribute& attribute, UnixSocket& socket) {
  if (attribute.type == UNIX_DIAG_NAME) {
    socket.name = text_in(attribute.payload);
    // A path is given with its end.
    if (socket.name.size() > 1 && socket.name.back() == '\0' && socket.name.front() != '\0') {
      socket.name.remove_suffix(1);
    }
  } else if (attribute.type == UNIX_DIAG_RQLEN) {
    const auto lengths = read_struct<unix_diag_rqlen>(attribute.payload);
    if (!lengths) return;
    socket.receive_queue = lengths->udiag_rqueue;
    socket.send_queue = lengths->udiag_wqueue;
  }
}

}  // namespace

bool SocketAddress::of_ipv4() const {
  return is_mapped(bytes);
}

bool SocketAddress::any() const {
  const auto from = bytes.begin() + (of_ipv4() ? kMapped : 0);
  return std::all_of(from, bytes.end(), [](auto byte) { return byte == 0; });
}

std::string SocketAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool mapped = is_mapped(bytes);
  inet_ntop(mapped ? AF_INET : AF_INET6, bytes.data() + (mapped ? kMapped : 0), text.data(),
            text.size());
  const std::string host = mapped ? text.data() : "[" + std::string(text.data()) + "]";
  return host + ":" + std::to_string(port);
}

std::optional<InetSocket> parse_inet_socket(ByteView payload) {
  const auto message = read_struct<inet_diag_msg>(payload);
  if (!message) return std::nullopt;
  if (message->idiag_family != AF_INET && message->idiag_family != AF_INET6) return std::nullopt;
  return InetSocket{message->idiag_state, address_of(*message), message->idiag_rqueue,
                    message->idiag_wqueue, message->idiag_inode};
}

std::string UnixSocket::text() const {
  std::string text = "unix:" + std::string(name);
  std::replace(text.begin(), text.end(), '\0', '@');
  return mend_utf8(text);
}

std::optional<UnixSocket> parse_unix_socket(ByteView payload) {
  const auto message = read_struct<unix_diag_msg>(payload);
  if (!message || message->udiag_family != AF_UNIX) return std::nullopt;
  UnixSocket socket;
  socket.state = message->udiag_state;
  socket.inode = message->udiag_ino;
  ByteView rest = payload.subspan(sizeof(unix_diag_msg));
  while (const auto attribute = next_attribute(rest)) read_attribute(*attribute, socket);
  return socket;
}

}  // namespace wayside
