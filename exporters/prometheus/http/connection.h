#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/time.h"
#include "exporters/prometheus/http/head.h"
#include "exporters/prometheus/http/wire.h"

namespace wayside {

// One accepted connection, which carries one request. Its memory is what it received.
struct Connection {
  // How far it is: with TLS first a ClientHello has to come, then hands are shaken.
  enum class Stage : std::uint8_t { hello, handshake, head };

  Wire wire;
  Stage stage = Stage::head;
  std::string client;         // address
  std::uint64_t network = 0;  // see client_network
  SteadyTime accepted;        // all times of sockets are the kernel's
  SteadyTime first_byte;      // of the request; as `accepted` until it comes
  std::string received;       // the head, then what followed it
  HeadScanner scanner;
  RequestHead head;  // once complete

  [[nodiscard]] std::string_view head_text() const {
    return std::string_view(received).substr(0, scanner.end());
  }
  [[nodiscard]] std::string_view rest() const {
    return std::string_view(received).substr(scanner.end());
  }
};

}  // namespace wayside
