#include "exporters/prometheus/http/wire.h"

#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

namespace wayside {
namespace {

using State = Moved::State;

Moved stopped(State would_block) {
  return {errno == EAGAIN || errno == EWOULDBLOCK ? would_block : State::failed};
}

}  // namespace

bool Wire::secure(const TlsContext& context) {
  tls_ = TlsSession::open(context, socket_.get());
  return tls_.has_value();
}

Moved Wire::read(char* to, std::size_t size) {
  if (tls_) return tls_->read(to, size);
  ssize_t got = 0;
  do {
    got = ::recv(socket_.get(), to, size, MSG_DONTWAIT);
  } while (got < 0 && errno == EINTR);
  if (got > 0) return {State::some, static_cast<std::size_t>(got)};
  return got == 0 ? Moved{State::ended} : stopped(State::want_read);
}

Moved Wire::write(std::string_view bytes) {
  if (tls_) return tls_->write(bytes);
  ssize_t sent = 0;
  do {
    sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent >= 0 ? Moved{State::some, static_cast<std::size_t>(sent)}
                   : stopped(State::want_write);
}

Moved Wire::finish() {
  return tls_ ? tls_->finish() : Moved{State::some};
}

bool Wire::has_unread() const {
  int bytes = 0;
  return (tls_ && tls_->has_unread()) || (::ioctl(fd(), FIONREAD, &bytes) == 0 && bytes > 0);
}

Fd Wire::release() {
  tls_.reset();
  return std::move(socket_);
}

}  // namespace wayside
