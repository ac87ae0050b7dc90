#include "collectors/processes/leaks/leak_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace wayside {
namespace {

constexpr double kMega = 1e6;
constexpr double kMostChance = 0.01;

struct Text {
  std::string_view name, help;
};
constexpr std::array<Text, 3> kTexts = {{
    {"memory_growth_bytes_per_second",
     "How fast the memory grows: the median slope over about the last ten minutes, or over the "
     "window in which a leak shows."},
    {"memory_leak_suspected",
     "Whether the memory grows steadily, significantly and to new heights (1) or not (0)."},
    {"memory_exhaustion_seconds",
     "Time until the memory left to the cgroup or the host is used up at the present growth."},
}};

void start(FamilyList& families, const std::string& prefix, std::string_view of) {
  for (const Text& text : kTexts) {
    add_family(families, prefix + std::string(text.name), std::string(text.help) + std::string(of),
               prometheus::MetricType::Gauge);
  }
}

std::string who(const LeakSubject& subject) {
  if (subject.worker.empty()) return std::string(subject.group);
  return fmt::format("{} worker {} (pid {})", subject.group, subject.worker, subject.pid);
}

Event event_of(const LeakSubject& subject, std::string name, WallTime now) {
  Event event;
  event.at = now;
  event.name = std::move(name);
  event.fields["service"] = subject.service;
  event.fields["group"] = subject.group;
  if (!subject.worker.empty()) {
    event.fields["worker"] = subject.worker;
    event.fields["pid"] = subject.pid;
  }
  return event;
}

}  // namespace

std::optional<double> exhaustion_seconds(const Evidence& evidence, const LeakSubject& subject) {
  if (!subject.left || evidence.slope <= 0 || evidence.chance > kMostChance) return std::nullopt;
  return std::max(0.0, *subject.left) / evidence.slope;
}

Event leak_suspected(const LeakSubject& subject, const Evidence& evidence, WallTime now) {
  Event event = event_of(subject, "leak_suspected", now);
  event.level = Level::warn;
  event.message = fmt::format(
      "Memory leak suspected: {} grows by {:.2f} MB/s, from {:.0f} MB to {:.0f} MB in {:.0f} s",
      who(subject), evidence.slope / kMega, evidence.from / kMega, evidence.to / kMega,
      evidence.seconds);
  event.fields["growth_bytes_per_second"] = evidence.slope;
  event.fields["over_seconds"] = evidence.seconds;
  event.fields["from_bytes"] = evidence.from;
  event.fields["to_bytes"] = evidence.to;
  event.fields["p_value"] = evidence.chance;
  if (subject.limit) event.fields["limit_bytes"] = *subject.limit;
  if (const auto seconds = exhaustion_seconds(evidence, subject)) {
    event.message += fmt::format("; none is left in {:.0f} s", *seconds);
    event.fields["exhaustion_seconds"] = *seconds;
  }
  return event;
}

Event leak_over(const LeakSubject& subject, std::string_view why, WallTime now) {
  Event event = event_of(subject, "leak_over", now);
  event.level = Level::info;
  const bool ended = why == "process_ended";
  event.message = "Memory leak over: " + who(subject) + (ended ? " ended" : " grows no more");
  event.fields["why"] = why;
  return event;
}

LeakFamilies::LeakFamilies() {
  start(workers_, "wayside_", " By worker.");
  start(groups_, "wayside_group_", " Of all processes of the group.");
}

void LeakFamilies::add(const LeakSubject& subject, bool suspected, const Evidence& evidence) {
  LabelList labels{{"groupname", std::string(subject.group)}};
  if (!subject.worker.empty()) labels.push_back({"worker", subject.worker});
  FamilyList& families = subject.worker.empty() ? groups_ : workers_;
  add_sample(families[0], evidence.slope, labels);
  add_sample(families[1], suspected ? 1 : 0, labels);
  if (const auto seconds = exhaustion_seconds(evidence, subject)) {
    add_sample(families[2], *seconds, std::move(labels));
  }
}

void LeakFamilies::move_to(FamilyList& out) {
  std::move(workers_.begin(), workers_.end(), std::back_inserter(out));
  std::move(groups_.begin(), groups_.end(), std::back_inserter(out));
}

}  // namespace wayside
