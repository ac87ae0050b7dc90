#include "collectors/processes/memory_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "agent/core/labels.h"
#include "collectors/processes/figure_sum.h"

namespace wayside {
namespace {

std::optional<double> share_of(const GroupView& group) {
  if (!group.memory_used || group.memory_limit.value_or(0) == 0) return std::nullopt;
  return static_cast<double>(*group.memory_used) / static_cast<double>(*group.memory_limit);
}

std::string shown_bytes(double bytes) {
  constexpr double kMebi = 1024.0 * 1024.0;
  return fmt::format("{:.1f} MiB", bytes / kMebi);
}

template <typename Number>
void put(nlohmann::ordered_json& fields, const char* name, const std::optional<Number>& value) {
  if (value) fields[name] = *value;
}

std::string worker_name(int worker) {
  if (worker == WorkerView::kMaster) return "master";
  return worker < 0 ? "none" : std::to_string(worker);
}

void put_sums(nlohmann::ordered_json& fields, const GroupView& group) {
  FigureSum resident;
  FigureSum anonymous;
  FigureSum proportional;
  for (const WorkerView& worker : group.workers) {
    resident.add(worker.rss_bytes);
    anonymous.add(worker.anonymous_bytes);
    proportional.add(worker.proportional_bytes);
  }
  put(fields, "rss", resident.value());
  put(fields, "anonymous", anonymous.value());
  put(fields, "pss", proportional.value());
}

void put_workers(nlohmann::ordered_json& fields, const GroupView& group) {
  auto workers = nlohmann::ordered_json::array();
  for (const WorkerView& worker :
       group.workers.first(std::min(group.workers.size(), MemoryLog::kMostWorkers))) {
    nlohmann::ordered_json one;
    one["worker"] = worker_name(worker.worker);
    one["pid"] = worker.pid;
    one["rss"] = worker.rss_bytes;
    put(one, "anonymous", worker.anonymous_bytes);
    put(one, "pss", worker.proportional_bytes);
    workers.push_back(std::move(one));
  }
  fields["workers"] = std::move(workers);
  if (group.workers.size() > MemoryLog::kMostWorkers) {
    fields["workers_left_out"] = group.workers.size() - MemoryLog::kMostWorkers;
  }
}

Event event_of(const GroupView& group, WallTime wall, Level level, std::string name,
               std::string message) {
  Event event{wall, level, std::move(name), std::move(message), {}};
  event.fields["service"] = mend_utf8(group.service);
  event.fields["group"] = mend_utf8(group.name);
  put_sums(event.fields, group);
  put(event.fields, "used", group.memory_used);
  put(event.fields, "limit", group.memory_limit);
  if (group.memory_limit) event.fields["limit_of"] = group.limited_by_cgroup ? "cgroup" : "host";
  put(event.fields, "used_share", share_of(group));
  put_workers(event.fields, group);
  return event;
}

std::string summary(const GroupView& group) {
  std::string text = mend_utf8(group.name);
  if (!group.memory_used) return text;
  text += " uses " + shown_bytes(static_cast<double>(*group.memory_used));
  if (const auto share = share_of(group)) {
    text += fmt::format(", {:.1f} % of its limit of {}", *share * 100,
                        shown_bytes(static_cast<double>(*group.memory_limit)));
  }
  return text;
}

}  // namespace

void MemoryLog::polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
                       FamilyList& /*out*/) {
  high_.resize(groups.size());
  const bool due = begun_ && now >= next_;
  if (!begun_ || due) next_ = now + kEvery;
  begun_ = true;
  for (const GroupView& group : groups) {
    if (due && !group.workers.empty()) {
      events_.emit(event_of(group, wall, Level::info, "memory", "Memory: " + summary(group)));
    }
    watch(group, wall);
  }
}

// Where its share is not known nothing changes.
void MemoryLog::watch(const GroupView& group, WallTime wall) {
  const auto share = share_of(group);
  if (!share) return;
  if (!high_[group.index] && *share > kHigh) {
    high_[group.index] = true;
    events_.emit(event_of(group, wall, Level::error, "memory_high",
                          "Memory is running out: " + summary(group)));
  } else if (high_[group.index] && *share < kNormal) {
    high_[group.index] = false;
    events_.emit(event_of(group, wall, Level::info, "memory_normal",
                          "Memory is back to normal: " + summary(group)));
  }
}

}  // namespace wayside
