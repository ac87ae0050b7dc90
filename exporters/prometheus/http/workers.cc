#include "exporters/prometheus/http/workers.h"

#include <sys/socket.h>

#include <algorithm>
#include <system_error>

#include "exporters/prometheus/http/responder.h"

namespace wayside {
namespace {

using std::chrono::steady_clock;

// However many wait, a client has this long to make room in its receive buffer.
constexpr Micros kLeastPatience{10'000};

// Closes with a reset: an answer whose end is the connection's end must not look whole.
void abandon(Fd socket) {
  const linger at_once{1, 0};
  (void)setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

}  // namespace

Workers::Workers(WorkersContext context) : context_(std::move(context)) {}

Result<void> Workers::start() {
  const std::lock_guard lock(mutex_);
  return start_one();
}

// With mutex_ held.
Result<void> Workers::start_one() {
  auto slot = std::make_unique<Slot>();
  try {
    slot->thread = std::thread([this, raw = slot.get()] { run(*raw); });
  } catch (const std::system_error& error) {
    return Error{"cannot start a thread: " + error.code().message()};
  }
  slots_.push_back(std::move(slot));
  return {};
}

void Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (const auto& slot : slots_) slot->leash.cut();
    for (std::size_t i = 0; i < queue_.size(); ++i) context_.tally.ended(ConnectionEnd::stopped);
    queue_.clear();
    plain_ = 0;
  }
  work_.notify_all();
  for (const auto& slot : slots_) {
    if (slot->thread.joinable()) slot->thread.join();
  }
}

bool Workers::submit(Connection& connection) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    const bool plain = connection.head.body == RequestHead::Body::none;
    if (queue_.size() >= context_.limits.queued && !(plain && drop_one_with_body())) return false;
    const std::size_t place = plain ? plain_++ : queue_.size();
    queue_.insert(queue_.begin() + static_cast<std::ptrdiff_t>(place), std::move(connection));
    if (idle_ < queue_.size() && slots_.size() < context_.limits.workers) {
      (void)start_one().ok();  // where it fails the others take the request
    }
  }
  work_.notify_one();
  return true;
}

// With mutex_ held. False where there is none.
bool Workers::drop_one_with_body() {
  if (queue_.size() == plain_) return false;
  abandon(queue_.back().wire.release());
  queue_.pop_back();
  context_.tally.ended(ConnectionEnd::overloaded);
  return true;
}

// The more wait, the less of it, so that a crowd of slow readers passes as fast as a few. With
// mutex_ held.
Micros Workers::patience() const {
  const Micros whole = context_.limits.patience;
  return std::max(whole / static_cast<std::int64_t>(std::max<std::size_t>(queue_.size(), 1)),
                  std::min(whole, kLeastPatience));
}

std::optional<SteadyTime> Workers::relieve(SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return std::nullopt;
  // A worker was woken and has not come yet. It may take one of several, so look again.
  if (idle_ > 0) return now + kLeastPatience;
  std::vector<std::pair<Micros, Slot*>> blocked;
  for (const auto& slot : slots_) {
    if (slot->busy && !slot->leash.is_cut()) {
      blocked.emplace_back(slot->leash.blocked(now), slot.get());
    }
  }
  std::sort(blocked.begin(), blocked.end(), std::greater<>());
  const Micros limit = patience();
  const std::size_t wanted = std::min(queue_.size(), blocked.size());
  for (std::size_t i = 0; i < wanted && blocked[i].first >= limit; ++i) {
    blocked[i].second->leash.cut();
  }
  return now + std::max(limit / 8, Micros{1'000});
}

void Workers::run(Slot& slot) {
  Responder responder({context_.pages, context_.shields, context_.tally, context_.limits});
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (stopping_) return;
    Connection connection = std::move(queue_.front());
    queue_.pop_front();
    if (plain_ > 0) --plain_;
    slot.leash.reset();
    slot.busy = true;
    lock.unlock();
    serve(responder, slot, std::move(connection));
    lock.lock();
    slot.busy = false;
  }
}

void Workers::serve(Responder& responder, Slot& slot, Connection connection) {
  SocketTransport transport(connection.wire, steady_clock::now() + context_.limits.answer_time,
                            slot.leash);
  const Peer peer{connection.client, connection.wire.is_tls()};
  const Answer answer = responder.answer(connection.head, connection.rest(), peer, transport);
  if (answer.status != 0) (void)transport.finish();
  if (answer.status != 0 && !transport.failed()) {
    context_.tally.ended(ConnectionEnd::answered);
    context_.witness.answered(connection, answer.status, answer.route, transport.written());
  } else if (transport.late() || slot.leash.is_cut()) {
    context_.tally.ended(ConnectionEnd::cut_off);
  } else {
    context_.tally.ended(ConnectionEnd::broken);
  }
  settle(std::move(connection), transport);
}

void Workers::settle(Connection connection, SocketTransport& transport) {
  if (transport.failed()) {
    abandon(connection.wire.release());
  } else if (connection.head.body != RequestHead::Body::none || connection.wire.has_unread()) {
    // Closing with unread input would send a reset, and with it our answer would be lost.
    (void)::shutdown(connection.wire.fd(), SHUT_WR);
    context_.linger(connection.wire.release());
  }
}

}  // namespace wayside
