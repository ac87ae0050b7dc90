#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "agent/core/result.h"
#include "exporters/prometheus/config.h"

namespace wayside {

// Owns a file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd();

  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// A listening socket, non-blocking. One port has one listener: a second agent on it is refused
// with an error that says the address is in use.
Result<Fd> listen_on(const ListenAddress& address);

// The port a socket is bound to; 0 where it cannot be told.
std::uint16_t local_port(int socket);

// Whether a numeric address is this host itself: 127.0.0.0/8 or ::1.
bool is_loopback(std::string_view address);
// Whether what this socket is bound to can be reached from this host alone.
bool is_bound_to_loopback(int socket);

// A connection taken from a listener.
struct Accepted {
  Fd socket;
  std::string client;  // numeric address without the port; IPv4 in IPv6 as plain IPv4
  int error = 0;       // why there is none
};
Accepted accept_from(int listener);

}  // namespace wayside
