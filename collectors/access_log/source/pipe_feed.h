#pragma once

#include <memory>
#include <string>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/line_cutter.h"

namespace wayside {

// Whether a named pipe is at `path` now.
bool is_pipe(const std::string& path);

// A named pipe. Its writers come and go, and it may be made anew under its name.
class PipeFeed final : public Feed {
 public:
  PipeFeed(std::string path, const FeedSinks& open_sink, FeedContext context);
  ~PipeFeed() override;

  void tend() override;
  [[nodiscard]] FeedDescriptor descriptor() const override;
  bool read() override;
  [[nodiscard]] Outcome outcome() const override { return outcome_; }
  [[nodiscard]] FeedStats stats() const override;

 private:
  bool open();
  [[nodiscard]] bool is_other() const;

  std::string path_;
  FeedContext context_;
  std::unique_ptr<LineSink> sink_;
  LineCutter lines_;
  FileDescriptor fd_;
  unsigned openings_ = 0;
  Outcome outcome_ = Outcome::ok();
  FeedStats stats_;
};

}  // namespace wayside
