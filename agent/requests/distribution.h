#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "agent/core/event.h"
#include "agent/core/time.h"

namespace wayside {

// The response-time distribution of one service in the bands users know: up to 100, 300, 500 and
// 1,000 ms, each bound included, and over. Told every five minutes. One thread at a time.
class Distribution {
 public:
  static constexpr std::array<std::int64_t, 4> kBands = {100'000, 300'000, 500'000, 1'000'000};
  static constexpr std::chrono::minutes kEvery{5};

  Distribution(std::string service, SteadyTime now) : service_(std::move(service)), begun_(now) {}

  void add(Micros latency) {
    std::size_t band = 0;
    for (const std::int64_t bound : kBands) band += latency.count() > bound ? 1 : 0;
    ++counts_[band];
  }

  // Tells, and begins anew, where five minutes have passed; of nothing it tells nothing.
  void tick(const Clock& clock, EventSink& events);

 private:
  [[nodiscard]] Event event(WallTime at, Micros window, std::uint64_t all) const;

  std::string service_;
  SteadyTime begun_;
  std::array<std::uint64_t, kBands.size() + 1> counts_{};
};

}  // namespace wayside
