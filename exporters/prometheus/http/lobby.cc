#include "exporters/prometheus/http/lobby.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>

#include "exporters/prometheus/http/client_network.h"
#include "exporters/prometheus/http/refusal.h"
#include "exporters/prometheus/http/workers.h"

namespace wayside {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kBlock = 4096;
constexpr int kAcceptsATurn = 64;  // so that those already here are heard in between
constexpr std::chrono::minutes kWarnEvery{1};

void ring(int bell) {
  const std::uint64_t one = 1;
  (void)!::write(bell, &one, sizeof one);
}

}  // namespace

Lobby::Lobby(Fd listener, LobbyContext context)
    : listener_(std::move(listener)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      bell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      context_(context),
      lingering_(epoll_.get(), context.limits) {}

Result<void> Lobby::open(Workers& workers) {
  workers_ = &workers;
  if (!epoll_ || !bell_ || !watch(listener_.get(), EPOLLIN) || !watch(bell_.get(), EPOLLIN)) {
    return system_error("cannot wait for connections");
  }
  try {
    thread_ = std::thread([this] { run(); });
  } catch (const std::system_error& error) {
    return Error{"cannot start a thread: " + error.code().message()};
  }
  return {};
}

void Lobby::close() {
  closing_.store(true, std::memory_order_release);
  ring(bell_.get());
  if (thread_.joinable()) thread_.join();
  while (!guests_.empty()) drop(guests_.begin(), ConnectionEnd::stopped);
  lingering_.clear();
}

void Lobby::linger(Fd socket) {
  {
    const std::lock_guard lock(mutex_);
    if (handed_over_.size() >= context_.limits.lingering) return;
    handed_over_.push_back(std::move(socket));
  }
  ring(bell_.get());
}

void Lobby::run() {
  while (!closing_.load(std::memory_order_acquire)) turn();
}

void Lobby::turn() {
  std::array<epoll_event, 64> events{};
  const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                 wait_limit(steady_clock::now()));
  for (int i = 0; i < count; ++i) on_ready(events[static_cast<std::size_t>(i)].data.fd);
  const SteadyTime now = steady_clock::now();
  expire(now);
  relieve_at_ = workers_->relieve(now);
}

int Lobby::wait_limit(SteadyTime now) const {
  std::optional<SteadyTime> next = lingering_.next();
  const auto sooner = [&next](std::optional<SteadyTime> time) {
    if (time && (!next || *time < *next)) next = time;
  };
  sooner(listen_again_at_);
  sooner(relieve_at_);
  if (!guests_.empty()) sooner(guests_.front().accepted + context_.limits.head_time);
  if (!next) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*next - now).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
}

// A descriptor closed and used anew in this turn may be called ready by an event meant for its
// predecessor: then reading finds nothing, which does no harm.
void Lobby::on_ready(int fd) {
  if (fd == listener_.get()) {
    accept_some();
  } else if (fd == bell_.get()) {
    take_handed_over();
  } else if (const auto guest = by_fd_.find(fd); guest != by_fd_.end()) {
    receive(guest->second);
  } else {
    lingering_.drain(fd);
  }
}

void Lobby::take_handed_over() {
  std::uint64_t rung = 0;
  (void)!::read(bell_.get(), &rung, sizeof rung);
  std::vector<Fd> sockets;
  {
    const std::lock_guard lock(mutex_);
    sockets.swap(handed_over_);
  }
  for (Fd& socket : sockets) lingering_.add(std::move(socket), steady_clock::now());
}

void Lobby::expire(SteadyTime now) {
  while (!guests_.empty() && guests_.front().accepted + context_.limits.head_time <= now) {
    drop(guests_.begin(), ConnectionEnd::silent);
  }
  lingering_.expire(now);
  listen_again(now);
}

void Lobby::accept_some() {
  for (int i = 0; i < kAcceptsATurn && !listen_again_at_; ++i) {
    Accepted accepted = accept_from(listener_.get());
    if (accepted.socket) {
      welcome(std::move(accepted));
    } else if (accepted.error == EAGAIN || accepted.error == EWOULDBLOCK) {
      return;
    } else {
      on_accept_error(accepted.error);
    }
  }
}

void Lobby::on_accept_error(int error) {
  // The connection died before it was taken (accept(2) lists network errors as such): the next.
  constexpr std::array kOfThePeer = {EINTR,       ECONNABORTED, EPROTO, ENETDOWN,
                                     ENOPROTOOPT, EHOSTDOWN,    ENONET, EHOSTUNREACH,
                                     EOPNOTSUPP,  ENETUNREACH};
  if (std::find(kOfThePeer.begin(), kOfThePeer.end(), error) != kOfThePeer.end()) return;
  context_.tally.accept_failed();
  const SteadyTime now = steady_clock::now();
  if (warned_at_ == SteadyTime{} || now - warned_at_ >= kWarnEvery) {
    warned_at_ = now;
    context_.log.write(Level::warn, system_error("http: cannot accept connections", error).message);
  }
  // Out of descriptors or memory: those who only wait make room, or it is tried again later.
  if (make_room()) return;
  (void)::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
  listen_again_at_ = now + context_.limits.accept_pause;
}

bool Lobby::make_room() {
  if (lingering_.drop_oldest()) return true;
  if (guests_.empty()) return false;
  drop(one_too_many(false), ConnectionEnd::crowded);
  return true;
}

void Lobby::make_room_for_guest() {
  if (guests_.size() < context_.limits.waiting) return;
  receive(one_too_many(false));  // what it sent may be here already, unread
  if (guests_.size() < context_.limits.waiting) return;
  drop(one_too_many(false), ConnectionEnd::crowded);
}

// Of the clients with most connections (or TLS sessions) here the one that has waited longest: who
// comes with one is not pushed out by who comes with hundreds. Only where there is one.
Lobby::Guests::iterator Lobby::one_too_many(bool tls_alone) {
  std::unordered_map<std::uint64_t, std::size_t> counts;
  std::size_t most = 0;
  for (const Connection& guest : guests_) {
    if (!tls_alone || guest.wire.is_tls()) most = std::max(most, ++counts[guest.network]);
  }
  return std::find_if(guests_.begin(), guests_.end(), [&](const Connection& guest) {
    return (!tls_alone || guest.wire.is_tls()) && counts[guest.network] == most;
  });
}

void Lobby::listen_again(SteadyTime now) {
  if (!listen_again_at_ || *listen_again_at_ > now) return;
  listen_again_at_.reset();
  if (!watch(listener_.get(), EPOLLIN)) listen_again_at_ = now + context_.limits.accept_pause;
}

bool Lobby::watch(int fd, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = fd;
  return ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) == 0;
}

void Lobby::welcome(Accepted accepted) {
  make_room_for_guest();
  const int fd = accepted.socket.get();
  const SteadyTime now = steady_clock::now();
  const bool tls = context_.shields.get().tls != nullptr;
  // With TLS the first bytes are looked at and left where they are: only more of them is news.
  if (!watch(fd, tls ? EPOLLIN | EPOLLET : EPOLLIN)) return context_.tally.accept_failed();
  Connection& connection = guests_.emplace_back();
  connection.wire = Wire(std::move(accepted.socket));
  connection.stage = tls ? Connection::Stage::hello : Connection::Stage::head;
  connection.client = std::move(accepted.client);
  connection.network = client_network(connection.client);
  connection.accepted = connection.first_byte = now;
  by_fd_[fd] = std::prev(guests_.end());
  receive(std::prev(guests_.end()));  // mostly its request is here already
}

void Lobby::receive(Guests::iterator guest) {
  while (receive_block(guest) == Look::again) {
  }
}

Lobby::Look Lobby::receive_block(Guests::iterator guest) {
  switch (guest->stage) {
    case Connection::Stage::hello:
      return look_at_first_bytes(guest);
    case Connection::Stage::handshake:
      return shake_hands(guest);
    case Connection::Stage::head:
      break;
  }
  return read_head(guest);
}

Lobby::Look Lobby::read_head(Guests::iterator guest) {
  std::array<char, kBlock> block;  // NOLINT: only what was read into it is read
  const std::size_t room = context_.limits.head_bytes - guest->received.size();
  const Moved moved = guest->wire.read(block.data(), std::min(room, block.size()));
  if (moved.state == Moved::State::want_read || moved.state == Moved::State::want_write) {
    return Look::done;
  }
  if (moved.state != Moved::State::some) {
    drop(guest, ConnectionEnd::silent);
    return Look::done;
  }
  if (guest->received.empty()) guest->first_byte = steady_clock::now();
  guest->received.append(block.data(), moved.bytes);
  switch (guest->scanner.scan(guest->received)) {
    case HeadScanner::State::complete:
      admit(guest);
      return Look::done;
    case HeadScanner::State::bad:
      refuse(guest, 400, ConnectionEnd::refused);
      return Look::done;
    case HeadScanner::State::more:
      break;
  }
  if (guest->received.size() < context_.limits.head_bytes) return Look::again;
  refuse(guest, 431, ConnectionEnd::refused);
  return Look::done;
}

void Lobby::admit(Guests::iterator guest) {
  if (const auto status = parse_head(guest->head_text(), context_.limits, guest->head)) {
    return refuse(guest, *status, ConnectionEnd::refused);
  }
  const int fd = guest->wire.fd();
  const bool tls = guest->wire.is_tls();
  // From here on the socket is a worker's.
  (void)::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  if (!workers_->submit(*guest)) return refuse(guest, 503, ConnectionEnd::overloaded);
  if (tls) --sessions_;
  by_fd_.erase(fd);
  guests_.erase(guest);
}

// Sends what the socket takes at once, which for a fresh one is all of so short an answer.
void Lobby::refuse(Guests::iterator guest, int status, ConnectionEnd end, std::string_view why) {
  Connection connection = leave(guest);
  const std::string answer = refusal(status, why);
  const Moved sent = connection.wire.write(answer);
  (void)connection.wire.finish();
  context_.tally.ended(end);
  context_.witness.answered(connection, status, {}, sent.bytes);
  (void)::shutdown(connection.wire.fd(), SHUT_WR);
  lingering_.add(connection.wire.release(), steady_clock::now());
}

Connection Lobby::leave(Guests::iterator guest) {
  Connection connection = std::move(*guest);
  const int fd = connection.wire.fd();
  if (connection.wire.is_tls()) --sessions_;
  by_fd_.erase(fd);
  guests_.erase(guest);
  (void)::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fd, nullptr);
  return connection;
}

void Lobby::drop(Guests::iterator guest, ConnectionEnd end) {
  (void)leave(guest);
  context_.tally.ended(end);
}

}  // namespace wayside
