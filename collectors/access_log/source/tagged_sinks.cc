#include "collectors/access_log/source/tagged_sinks.h"

namespace wayside {

LineSink& TaggedSinks::of(std::string_view tag) {
  const auto found = by_tag_.find(tag);
  if (found != by_tag_.end()) return *found->second;
  constexpr std::string_view kOther = "_other";
  if (by_tag_.size() < kMaxTags) return open(tag);
  const auto other = by_tag_.find(kOther);
  return other != by_tag_.end() ? *other->second : open(kOther);
}

LineSink& TaggedSinks::open(std::string_view tag) {
  const std::string name(tag);
  auto sink = open_sink_(name.empty() ? feed_ : feed_ + " " + name);
  // A message has no first lines but its own.
  sink->head({});
  return *(by_tag_[name] = std::move(sink));
}

}  // namespace wayside
