#pragma once

#include <memory>

#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/line_cutter.h"

namespace wayside {

// The name of standard input, in a config and in what is handed over.
inline constexpr const char* kStandardInput = "-";

// Standard input, whatever it is, until it ends. Its descriptor is the process's and stays open;
// its modes are shared with other processes and stay as they are.
class InputFeed final : public Feed {
 public:
  // `descriptor`: for tests; 0 otherwise.
  InputFeed(const FeedSinks& open_sink, FeedContext context, int descriptor = 0);
  ~InputFeed() override;

  void tend() override {}
  [[nodiscard]] FeedDescriptor descriptor() const override;
  bool read() override;
  [[nodiscard]] Outcome outcome() const override;
  [[nodiscard]] FeedStats stats() const override;

 private:
  void end();

  FeedContext context_;
  std::unique_ptr<LineSink> sink_;
  LineCutter lines_;
  int fd_;
  bool ended_ = false;
  FeedStats stats_;
};

}  // namespace wayside
