#include "agent/requests/distribution.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/quantity.h"

namespace wayside {

void Distribution::tick(const Clock& clock, EventSink& events) {
  const SteadyTime now = clock.steady();
  if (now - begun_ < kEvery) return;
  const auto window = std::chrono::duration_cast<Micros>(now - begun_);
  const auto all = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
  if (all != 0) events.emit(event(clock.wall(), window, all));
  begun_ = now;
  counts_.fill(0);
}

Event Distribution::event(WallTime at, Micros window, std::uint64_t all) const {
  Event event{.at = at, .level = Level::info, .name = "response_time_distribution", .message = {}};
  auto bands = nlohmann::ordered_json::array();
  std::string text;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    const bool over = i == kBands.size();
    const Micros bound{kBands[over ? i - 1 : i]};
    const double share = static_cast<double>(counts_[i]) / static_cast<double>(all);
    bands.push_back(
        {{over ? "over" : "upto", seconds(bound)}, {"count", counts_[i]}, {"share", share}});
    text += fmt::format("{} {} {}: {} ({:.1f} %)", i == 0 ? "" : ",", over ? "over" : "up to",
                        show_duration(bound), counts_[i], share * 100);
  }
  event.message =
      fmt::format("Response times of {} requests in {}:{}", all, show_duration(window), text);
  event.fields = {{"service", mend_utf8(service_)},
                  {"window_seconds", seconds(window)},
                  {"requests", all},
                  {"bands", std::move(bands)}};
  return event;
}

}  // namespace wayside
