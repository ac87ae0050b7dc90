#pragma once

#include <list>
#include <optional>
#include <unordered_map>

#include "agent/core/time.h"
#include "exporters/prometheus/http/limits.h"
#include "exporters/prometheus/http/socket.h"

namespace wayside {

// Connections whose answer is sent, while their clients may still be sending: their input is
// read and dropped for a moment, since closing at once would send a reset and lose the answer.
// Bounded in number, bytes and time. One thread.
class Lingering {
 public:
  // Registers what it holds with this epoll, by file descriptor.
  Lingering(int epoll, const HttpLimits& limits) : epoll_(epoll), limits_(limits) {}

  void add(Fd socket, SteadyTime now);
  void drain(int socket);  // one that is readable; others are not known here
  void expire(SteadyTime now);
  bool drop_oldest();  // false: none
  [[nodiscard]] std::optional<SteadyTime> next() const;
  void clear();

 private:
  struct Guest {
    Fd socket;
    SteadyTime until;
    std::size_t drained = 0;
  };
  using Guests = std::list<Guest>;
  void remove(Guests::iterator guest);

  int epoll_;
  HttpLimits limits_;
  Guests guests_;  // oldest first
  std::unordered_map<int, Guests::iterator> by_fd_;
};

}  // namespace wayside
