#include "collectors/access_log/source/awaited_pipe.h"

namespace wayside {

void AwaitedPipe::tend() {
  if (!pipe_ && is_pipe(path_)) {
    pipe_ = std::make_unique<PipeFeed>(path_, open_sink_, context_);
    context_.log.write(Level::info, "access_log: " + path_ + " is a named pipe now and is read");
  }
  if (pipe_) pipe_->tend();
}

FeedDescriptor AwaitedPipe::descriptor() const {
  return pipe_ ? pipe_->descriptor() : FeedDescriptor{};
}

Outcome AwaitedPipe::outcome() const {
  return pipe_ ? pipe_->outcome() : Outcome::nothing("no named pipe is at " + path_);
}

FeedStats AwaitedPipe::stats() const {
  return pipe_ ? pipe_->stats() : FeedStats{};
}

}  // namespace wayside
