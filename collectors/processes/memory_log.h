#pragma once

#include <chrono>
#include <vector>

#include "agent/core/event.h"
#include "collectors/processes/group_view.h"

namespace wayside {

// Logs each group's memory once a minute as the event `memory`, and as an error `memory_high` when
// more than kHigh of its limit is used: once, until it is back under kNormal, which is the event
// `memory_normal`. A group without processes has nothing to tell.
class MemoryLog final : public GroupObserver {
 public:
  static constexpr std::chrono::minutes kEvery{1};
  static constexpr double kHigh = 0.90;
  static constexpr double kNormal = 0.85;
  static constexpr std::size_t kMostWorkers = 16;  // in one event

  explicit MemoryLog(EventSink& events) : events_(events) {}

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;

 private:
  void watch(const GroupView& group, WallTime wall);

  EventSink& events_;
  std::vector<bool> high_;  // by group
  bool begun_ = false;
  SteadyTime next_{};
};

}  // namespace wayside
