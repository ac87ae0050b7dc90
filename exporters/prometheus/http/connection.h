#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "agent/core/time.h"
#include "exporters/prometheus/http/head.h"
#include "exporters/prometheus/http/socket.h"

namespace wayside {

// One accepted connection, which carries one request. Its memory is what it received.
struct Connection {
  Fd socket;
  std::string client;     // address
  SteadyTime accepted;    // all times of sockets are the kernel's
  SteadyTime first_byte;  // of the request; as `accepted` until it comes
  std::string received;   // the head, then what followed it
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
