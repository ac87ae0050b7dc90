#include "collectors/host/collector.h"

#include <algorithm>
#include <utility>

#include "collectors/host/parts.h"

namespace wayside {

HostCollector::HostCollector(const HostContext& context, Facts& facts)
    : moment_(context.environment, facts) {
  for (const HostPartRow& row : host_parts()) {
    if (context.config.without.contains(row.name)) continue;
    parts_.push_back({row.name, row.make(context)});
  }
}

Outcome HostCollector::poll(SteadyTime /*deadline*/, FamilyList& out) {
  // The first look is what the next one is measured by.
  if (!std::exchange(looked_, true)) sample();
  Outcome whole;
  for (Part& part : parts_) {
    const std::size_t before = out.size();
    Outcome came = part.reader->read(out);
    part.seen = out.size() > before;
    tell(part, std::move(came), whole);
  }
  const bool any = std::ranges::any_of(parts_, &Part::seen);
  if (any || parts_.empty()) return whole;
  whole.state = Outcome::State::failed;
  whole.why = "nothing of this host could be read";
  return whole;
}

// A host without the thing is not told of, but for ending what was told before.
void HostCollector::tell(Part& part, Outcome came, Outcome& whole) {
  if (came.state == Outcome::State::nothing_there && !part.told) return;
  part.told = true;
  const bool failed = came.state == Outcome::State::failed;
  whole.parts.push_back({std::string(part.name), failed ? std::move(came.why) : std::string()});
}

std::string HostCollector::describe() const {
  const auto seen = std::ranges::count_if(parts_, &Part::seen);
  return std::to_string(seen) + " parts of this host";
}

}  // namespace wayside
