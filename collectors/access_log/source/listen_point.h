#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace wayside {

// Where datagrams are taken: an address of this host and a UDP port, or the path of a Unix socket.
struct ListenPoint {
  std::string text;  // as it is configured
  std::string host;  // a numeric address, v6 without brackets; empty: a Unix socket
  std::uint16_t port = 0;
  std::string path;
};

// "udp://127.0.0.1:5140", "udp://[::1]:5140" or "unixgram:///run/wayside/syslog.sock".
Result<ListenPoint> parse_listen_point(std::string_view text);

}  // namespace wayside
