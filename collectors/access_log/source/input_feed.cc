#include "collectors/access_log/source/input_feed.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>

namespace wayside {
namespace {

constexpr int kReadsPerTurn = 16;

// Whether a read would not wait. Ends and errors are read as well.
bool can_be_read(int fd) {
  pollfd asked{.fd = fd, .events = POLLIN, .revents = 0};
  return ::poll(&asked, 1, 0) > 0;
}

}  // namespace

InputFeed::InputFeed(const FeedSinks& open_sink, FeedContext context, int descriptor)
    : context_(context), sink_(open_sink(kStandardInput)), fd_(descriptor) {
  sink_->head({});
  if (context_.handover == nullptr) return;
  if (auto left = context_.handover->take(kStandardInput)) lines_.go_on_with(left->text);
}

InputFeed::~InputFeed() {
  if (context_.handover == nullptr || lines_.held().empty()) return;
  context_.handover->leave(kStandardInput, {.descriptor = {}, .text = std::string(lines_.held())});
}

FeedDescriptor InputFeed::descriptor() const {
  return {.fd = ended_ ? -1 : fd_, .opened = 0};
}

bool InputFeed::read() {
  for (int i = 0; i < kReadsPerTurn; ++i) {
    if (ended_ || !can_be_read(fd_)) return false;
    const auto room = lines_.room();
    const ssize_t n = ::read(fd_, room.data(), room.size());
    if (n < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (n <= 0) {
      end();
      return false;
    }
    stats_.read_bytes += static_cast<std::uint64_t>(n);
    lines_.take(static_cast<std::size_t>(n), *sink_);
  }
  return true;
}

void InputFeed::end() {
  ended_ = true;
  lines_.end(*sink_);
  sink_->end();
  context_.log.write(Level::info, "access_log: standard input has ended");
}

Outcome InputFeed::outcome() const {
  return ended_ ? Outcome::nothing("standard input has ended") : Outcome::ok();
}

FeedStats InputFeed::stats() const {
  FeedStats stats = stats_;
  if (!ended_) stats.lag_bytes = lines_.held().size();
  return stats;
}

}  // namespace wayside
