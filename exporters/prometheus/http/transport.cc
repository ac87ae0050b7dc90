#include "exporters/prometheus/http/transport.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace wayside {
namespace {

using std::chrono::steady_clock;

std::int64_t micros_of(SteadyTime time) {
  return std::chrono::duration_cast<Micros>(time.time_since_epoch()).count();
}

}  // namespace

void BlockedTime::reset() {
  sum_.store(0, std::memory_order_relaxed);
  since_.store(kNot, std::memory_order_relaxed);
}

void BlockedTime::begin(SteadyTime now) {
  since_.store(micros_of(now), std::memory_order_relaxed);
}

void BlockedTime::end(SteadyTime now) {
  const std::int64_t since = since_.load(std::memory_order_relaxed);
  since_.store(kNot, std::memory_order_relaxed);
  sum_.store(sum_.load(std::memory_order_relaxed) + micros_of(now) - since,
             std::memory_order_relaxed);
}

Micros BlockedTime::total(SteadyTime now) const {
  const std::int64_t since = since_.load(std::memory_order_relaxed);
  const std::int64_t running = since == kNot ? 0 : micros_of(now) - since;
  return Micros{sum_.load(std::memory_order_relaxed) + running};
}

Leash::Leash() : bell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

void Leash::reset() {
  std::uint64_t rung = 0;
  (void)!::read(bell_.get(), &rung, sizeof rung);
  cut_.store(false, std::memory_order_release);
  blocked_.reset();
}

void Leash::cut() {
  cut_.store(true, std::memory_order_release);
  const std::uint64_t ring = 1;
  (void)!::write(bell_.get(), &ring, sizeof ring);
}

bool Leash::wait(int socket, short events, std::chrono::milliseconds limit) {
  std::array<pollfd, 2> watched{{{socket, events, 0}, {bell_.get(), POLLIN, 0}}};
  blocked_.begin(steady_clock::now());
  const int ready = ::poll(watched.data(), watched.size(), static_cast<int>(limit.count()));
  blocked_.end(steady_clock::now());
  return ready > 0 && watched[0].revents != 0 && !is_cut();
}

bool SocketTransport::wait(short events) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - steady_clock::now());
  late_ = left.count() <= 0;
  // A wait that ends for nothing is no failure: the caller tries again, until the deadline.
  return !late_ && !leash_.is_cut() && (leash_.wait(wire_.fd(), events, left) || !leash_.is_cut());
}

// False where waiting helps nothing.
bool SocketTransport::wait_as_told(const Moved& moved) {
  if (moved.state == Moved::State::want_read) return wait(POLLIN);
  return moved.state == Moved::State::want_write && wait(POLLOUT);
}

std::size_t SocketTransport::read(char* to, std::size_t size) {
  for (;;) {
    const Moved moved = wire_.read(to, size);
    if (moved.state == Moved::State::some) return moved.bytes;
    if (!wait_as_told(moved)) return 0;
  }
}

bool SocketTransport::write(std::string_view bytes) {
  while (!failed_ && !bytes.empty()) {
    const Moved moved = wire_.write(bytes);
    if (moved.state == Moved::State::some) {
      bytes.remove_prefix(moved.bytes);
      written_ += moved.bytes;
    } else {
      failed_ = !wait_as_told(moved);
    }
  }
  // A client that takes a little at a time never blocks a single write for long.
  if (!failed_ && steady_clock::now() >= deadline_) failed_ = late_ = true;
  failed_ = failed_ || leash_.is_cut();
  return !failed_;
}

bool SocketTransport::finish() {
  while (!failed_) {
    const Moved moved = wire_.finish();
    if (moved.state == Moved::State::some) return true;
    failed_ = !wait_as_told(moved);
  }
  return false;
}

}  // namespace wayside
