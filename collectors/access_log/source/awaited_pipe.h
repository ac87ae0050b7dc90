#pragma once

#include <memory>
#include <string>

#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/pipe_feed.h"

namespace wayside {

// A named pipe that is made after the start, under a name that may as well become a file's. While
// there is none its outcome is that nothing is there; once it came it is a PipeFeed.
class AwaitedPipe final : public Feed {
 public:
  AwaitedPipe(std::string path, FeedSinks open_sink, FeedContext context)
      : path_(std::move(path)), open_sink_(std::move(open_sink)), context_(context) {}

  void tend() override;
  [[nodiscard]] FeedDescriptor descriptor() const override;
  bool read() override { return pipe_ && pipe_->read(); }
  [[nodiscard]] Outcome outcome() const override;
  [[nodiscard]] FeedStats stats() const override;

 private:
  std::string path_;
  FeedSinks open_sink_;
  FeedContext context_;
  std::unique_ptr<PipeFeed> pipe_;
};

}  // namespace wayside
