#include "exporters/prometheus/http/socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

namespace wayside {
namespace {

// The lobby takes connections off at once; a flood must not fill the kernel's queue.
constexpr int kBacklog = 1024;
// How long the kernel keeps trying to deliver what nobody takes, also after we closed.
constexpr unsigned kUserTimeoutMs = 10'000;

struct Candidates {
  std::unique_ptr<addrinfo, void (*)(addrinfo*)> list{nullptr, freeaddrinfo};
};

Result<Candidates> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (code != 0) return Error{std::string("no such address: ") + gai_strerror(code)};
  Candidates candidates;
  candidates.list.reset(found);
  return candidates;
}

void set(int socket, int level, int option, int value) {
  // None of the options is needed to serve, so a refusal is no failure.
  (void)setsockopt(socket, level, option, &value, sizeof value);
}

// The listener, or errno.
std::pair<Fd, int> try_listen(const addrinfo& at) {
  Fd fd(::socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return {Fd{}, errno};
  // Restarting must not wait for old connections to time out. Never SO_REUSEPORT.
  set(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (at.ai_family == AF_INET6) set(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 0);
  if (::bind(fd.get(), at.ai_addr, at.ai_addrlen) != 0) return {Fd{}, errno};
  if (::listen(fd.get(), kBacklog) != 0) return {Fd{}, errno};
  return {std::move(fd), 0};
}

Error cannot_listen(const ListenAddress& address, int code) {
  if (code == EADDRINUSE) {
    return Error{address.text() +
                 " is in use by another program, perhaps another agent: stop it, or choose "
                 "another address with --listen or exporters.prometheus.listen"};
  }
  return system_error("cannot listen on " + address.text(), code);
}

std::string numeric(const sockaddr_storage& from) {
  char text[INET6_ADDRSTRLEN] = {};
  if (from.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &from, sizeof v4);
    inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
  } else if (from.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &from, sizeof v6);
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
      inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text, sizeof text);
    } else {
      inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    }
  }
  return text;
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Fd> listen_on(const ListenAddress& address) {
  // "::" without IPV6_V6ONLY takes IPv4 as well; hosts without IPv6 have only 0.0.0.0.
  const std::vector<std::string> hosts = address.host.empty()
                                             ? std::vector<std::string>{"::", "0.0.0.0"}
                                             : std::vector<std::string>{address.host};
  Error why{"cannot listen on " + address.text()};
  for (const std::string& host : hosts) {
    auto candidates = resolve(host, address.port);
    if (!candidates) {
      why = candidates.error().in("cannot listen on " + address.text());
      continue;
    }
    for (const addrinfo* at = candidates->list.get(); at != nullptr; at = at->ai_next) {
      auto [fd, code] = try_listen(*at);
      if (fd) return std::move(fd);
      why = cannot_listen(address, code);
      if (code == EADDRINUSE) return why;
    }
  }
  return why;
}

std::uint16_t local_port(int socket) {
  sockaddr_storage at{};
  socklen_t size = sizeof at;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) != 0) return 0;
  in_port_t port = 0;
  if (at.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &at, sizeof v4);
    port = v4.sin_port;
  } else if (at.ss_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &at, sizeof v6);
    port = v6.sin6_port;
  }
  return ntohs(port);
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

bool is_bound_to_loopback(int socket) {
  sockaddr_storage at{};
  socklen_t size = sizeof at;
  return getsockname(socket, reinterpret_cast<sockaddr*>(&at), &size) == 0 &&
         is_loopback(numeric(at));
}

Accepted accept_from(int listener) {
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  Accepted accepted;
  accepted.socket = Fd(
      ::accept4(listener, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!accepted.socket) {
    accepted.error = errno;
    return accepted;
  }
  // Head and body leave in separate writes: Nagle would hold the second one back.
  set(accepted.socket.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  set(accepted.socket.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, kUserTimeoutMs);
  accepted.client = numeric(from);
  return accepted;
}

}  // namespace wayside
