// The part of the lobby that looks for TLS and shakes hands.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>

#include "exporters/prometheus/http/lobby.h"
#include "exporters/prometheus/http/tls_hello.h"

namespace wayside {
namespace {

// The client's last word of the handshake has no answer, so its kernel would hold the request back
// until ours acknowledges it, 40 ms later.
void acknowledge_at_once(int socket) {
  const int yes = 1;
  (void)setsockopt(socket, IPPROTO_TCP, TCP_QUICKACK, &yes, sizeof yes);
}

}  // namespace

using std::chrono::steady_clock;

void Lobby::watch_for(const Connection& connection, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = connection.wire.fd();
  (void)::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, event.data.fd, &event);
}

// Leaves the bytes where they are, for OpenSSL or for nobody.
Lobby::Look Lobby::look_at_first_bytes(Guests::iterator guest) {
  std::array<char, kHelloBytes> bytes{};
  const ssize_t got = ::recv(guest->wire.fd(), bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
  if (got < 0 && errno == EINTR) return Look::again;
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Look::done;
  if (got <= 0) {
    drop(guest, ConnectionEnd::silent);
    return Look::done;
  }
  if (guest->first_byte == guest->accepted) guest->first_byte = steady_clock::now();
  switch (look_at_hello({bytes.data(), static_cast<std::size_t>(got)})) {
    case Hello::more:
      break;
    case Hello::client:
      return begin_tls(guest);
    case Hello::not_tls:
      context_.tally.tls_failed(TlsFailure::plain);
      refuse(guest, 400, ConnectionEnd::refused, "This port speaks HTTPS");
      break;
    case Hello::oversize:
      fail_tls(guest, TlsFailure::other);
      break;
  }
  return Look::done;
}

Lobby::Look Lobby::begin_tls(Guests::iterator guest) {
  const Shield shield = context_.shields.get();
  if (shield.tls) {
    make_room_for_session();
    if (!guest->wire.secure(*shield.tls)) {
      fail_tls(guest, TlsFailure::other);
      return Look::done;
    }
    ++sessions_;
    guest->stage = Connection::Stage::handshake;
  } else {
    guest->stage = Connection::Stage::head;  // TLS was switched off since it was accepted
  }
  watch_for(*guest, EPOLLIN);
  return Look::again;
}

void Lobby::make_room_for_session() {
  if (sessions_ < context_.limits.sessions || sessions_ == 0) return;
  drop(one_too_many(true), ConnectionEnd::crowded);
}

Lobby::Look Lobby::shake_hands(Guests::iterator guest) {
  switch (guest->wire.shake_hands().state) {
    case Moved::State::some:
      guest->stage = Connection::Stage::head;
      acknowledge_at_once(guest->wire.fd());
      watch_for(*guest, EPOLLIN);
      return Look::again;
    case Moved::State::want_read:
      watch_for(*guest, EPOLLIN);
      break;
    case Moved::State::want_write:
      watch_for(*guest, EPOLLOUT);
      break;
    case Moved::State::ended:
      drop(guest, ConnectionEnd::silent);
      break;
    case Moved::State::failed:
      fail_tls(guest, guest->wire.tls().failure());
      break;
  }
  return Look::done;
}

// The alert that says why is sent already: it must not be lost by a reset.
void Lobby::fail_tls(Guests::iterator guest, TlsFailure why) {
  Connection connection = leave(guest);
  context_.tally.tls_failed(why);
  context_.tally.ended(ConnectionEnd::handshake);
  (void)::shutdown(connection.wire.fd(), SHUT_WR);
  lingering_.add(connection.wire.release(), steady_clock::now());
}

}  // namespace wayside
