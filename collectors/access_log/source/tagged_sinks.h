#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "collectors/access_log/source/feed.h"

namespace wayside {

// The sinks of one feed by who wrote to it, so that each has a format of its own. Bounded: past
// kMaxTags all others share one. One thread.
class TaggedSinks {
 public:
  static constexpr std::size_t kMaxTags = 64;

  TaggedSinks(std::string feed, FeedSinks open_sink)
      : feed_(std::move(feed)), open_sink_(std::move(open_sink)) {}

  // Stays valid.
  LineSink& of(std::string_view tag);

 private:
  LineSink& open(std::string_view tag);

  std::string feed_;
  FeedSinks open_sink_;
  std::map<std::string, std::unique_ptr<LineSink>, std::less<>> by_tag_;
};

}  // namespace wayside
