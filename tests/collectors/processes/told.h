#pragma once

#include <algorithm>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/log.h"
#include "agent/system/family_list.h"

namespace wayside {

// The value of the sample of `family` that has these labels, in this order; nothing where there is
// none.
inline std::optional<double> told(const FamilyList& families, std::string_view family,
                                  const LabelList& labels) {
  for (const auto& candidate : families) {
    if (candidate.name != family) continue;
    for (const auto& metric : candidate.metric) {
      if (metric.label == labels) return metric.gauge.value;
    }
  }
  return std::nullopt;
}

// Keeps what is emitted.
class KeptEvents final : public EventSink {
 public:
  void emit(Event event) override { events.push_back(std::move(event)); }
  [[nodiscard]] std::size_t count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        events.begin(), events.end(), [&](const Event& event) { return event.name == name; }));
  }
  std::vector<Event> events;
};

// The figure of a fact, where it is on the board.
inline std::optional<double> fact(const Facts& facts, std::string_view scope, std::string_view name,
                                  WallTime now) {
  std::optional<double> found;
  facts.each(scope, now, std::chrono::seconds(60), [&](std::string_view known, double value) {
    if (known == name) found = value;
  });
  return found;
}

}  // namespace wayside
