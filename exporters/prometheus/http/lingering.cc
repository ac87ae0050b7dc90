#include "exporters/prometheus/http/lingering.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace wayside {

void Lingering::add(Fd socket, SteadyTime now) {
  if (guests_.size() >= limits_.lingering) drop_oldest();
  const int fd = socket.get();
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  if (::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) return;
  guests_.push_back({std::move(socket), now + limits_.linger_time});
  by_fd_[fd] = std::prev(guests_.end());
}

void Lingering::drain(int socket) {
  const auto found = by_fd_.find(socket);
  if (found == by_fd_.end()) return;
  std::array<char, 16 * 1024> scrap;  // NOLINT: filled before it is read, and never read
  const ssize_t got = ::recv(socket, scrap.data(), scrap.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  Guest& guest = *found->second;
  if (got > 0) guest.drained += static_cast<std::size_t>(got);
  if (got <= 0 || guest.drained >= limits_.linger_bytes) remove(found->second);
}

void Lingering::expire(SteadyTime now) {
  while (!guests_.empty() && guests_.front().until <= now) remove(guests_.begin());
}

bool Lingering::drop_oldest() {
  if (guests_.empty()) return false;
  remove(guests_.begin());
  return true;
}

std::optional<SteadyTime> Lingering::next() const {
  if (guests_.empty()) return std::nullopt;
  return guests_.front().until;
}

void Lingering::clear() {
  by_fd_.clear();
  guests_.clear();
}

// Closing the descriptor takes it out of the epoll.
void Lingering::remove(Guests::iterator guest) {
  by_fd_.erase(guest->socket.get());
  guests_.erase(guest);
}

}  // namespace wayside
