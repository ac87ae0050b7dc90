#include "collectors/processes/group_families.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string_view>

#include "agent/system/units.h"
#include "collectors/processes/figure_sum.h"

namespace wayside {
namespace {

using prometheus::MetricType;

struct CounterRow {
  Count count;
  std::string_view name;
  std::string_view help;
  std::string_view label;  // beside groupname; empty: none
  std::string_view value;
};
// Rows of one family stand together.
constexpr std::array<CounterRow, kCounts> kCounters = {{
    {Count::user_ticks, "cpu_seconds_total", "CPU time of the group's processes, also those gone.",
     "mode", "user"},
    {Count::system_ticks, "cpu_seconds_total", "", "mode", "system"},
    {Count::read_bytes, "read_bytes_total", "Bytes the group had fetched from storage.", "", ""},
    {Count::written_bytes, "write_bytes_total", "Bytes the group had sent to storage.", "", ""},
    {Count::major_faults, "major_page_faults_total", "Page faults that had to wait for storage.",
     "", ""},
    {Count::minor_faults, "minor_page_faults_total", "Page faults served from memory.", "", ""},
    {Count::voluntary_switches, "context_switches_total",
     "How often the group's threads gave up the CPU (voluntary) or had to (nonvoluntary).",
     "ctxswitchtype", "voluntary"},
    {Count::involuntary_switches, "context_switches_total", "", "ctxswitchtype", "nonvoluntary"},
}};

struct MemoryRow {
  std::string_view type;
  std::optional<std::uint64_t> (*of)(const Member& member);
};
constexpr std::array<MemoryRow, 5> kMemory = {{
    {"resident", [](const Member& m) { return std::optional(m.resident_bytes); }},
    {"virtual", [](const Member& m) { return std::optional(m.virtual_bytes); }},
    {"swapped", [](const Member& m) { return m.swapped_bytes; }},
    {"proportionalResident",
     [](const Member& m) {
       return m.proportional ? std::optional(m.proportional->resident_bytes) : std::nullopt;
     }},
    {"proportionalSwapped",
     [](const Member& m) { return m.proportional ? m.proportional->swapped_bytes : std::nullopt; }},
}};

std::string name_of(std::string_view rest) {
  return "namedprocess_namegroup_" + std::string(rest);
}

prometheus::MetricFamily& family(FamilyList& out, std::string_view rest, std::string_view help,
                                 MetricType type) {
  return add_family(out, name_of(rest), std::string(help), type);
}

LabelList labels_of(const Group& group) {
  return {{"groupname", group.config().name}};
}

void add_counters(std::span<const Group> groups, FamilyList& out) {
  std::string_view last;
  for (const CounterRow& row : kCounters) {
    if (row.name != last) family(out, row.name, row.help, MetricType::Counter);
    last = row.name;
    for (const Group& group : groups) {
      const auto count = group.count(row.count);
      if (!count) continue;
      LabelList labels = labels_of(group);
      if (!row.label.empty()) labels.push_back({std::string(row.label), std::string(row.value)});
      const auto value = static_cast<double>(*count);
      const bool ticks = row.count == Count::user_ticks || row.count == Count::system_ticks;
      add_sample(out.back(), ticks ? value * seconds_per_tick() : value, std::move(labels));
    }
  }
}

void add_memory(std::span<const Group> groups, FamilyList& out) {
  auto& memory =
      family(out, "memory_bytes", "Memory of the group's processes by kind.", MetricType::Gauge);
  for (const Group& group : groups) {
    if (!group.told()) continue;
    for (const MemoryRow& row : kMemory) {
      FigureSum sum;
      for (const Process* process : group.members()) sum.add(row.of(*process->member));
      if (!sum.value()) continue;
      LabelList labels = labels_of(group);
      labels.push_back({"memtype", std::string(row.type)});
      add_sample(memory, *sum.value(), std::move(labels));
    }
  }
}

std::size_t state_index(char state) {
  constexpr std::string_view kKnown = "RSDZ";
  return std::min(kKnown.find(state), kKnown.size());
}

void add_states(std::span<const Group> groups, FamilyList& out) {
  constexpr std::array<std::string_view, 5> kStates = {"Running", "Sleeping", "Waiting", "Zombie",
                                                       "Other"};
  auto& states = family(out, "states", "Processes of the group by state.", MetricType::Gauge);
  for (const Group& group : groups) {
    if (!group.told()) continue;
    std::array<int, kStates.size()> counts{};
    for (const Process* process : group.members()) ++counts[state_index(process->member->state)];
    for (std::size_t i = 0; i < kStates.size(); ++i) {
      LabelList labels = labels_of(group);
      labels.push_back({"state", std::string(kStates[i])});
      add_sample(states, counts[i], std::move(labels));
    }
  }
}

using OfGroup = std::function<std::optional<double>(const Group& group)>;
void add_gauges(std::span<const Group> groups, FamilyList& out, std::string_view rest,
                std::string_view help, const OfGroup& of) {
  auto& gauges = family(out, rest, help, MetricType::Gauge);
  for (const Group& group : groups) {
    if (const auto value = group.told() ? of(group) : std::nullopt)
      add_sample(gauges, *value, labels_of(group));
  }
}

std::optional<double> open_files(const Group& group) {
  FigureSum sum;
  for (const Process* process : group.members()) sum.add(process->member->open_files);
  return sum.value();
}

std::optional<double> worst_file_ratio(const Group& group) {
  std::optional<double> worst;
  for (const Process* process : group.members()) {
    const Member& member = *process->member;
    if (!member.open_files || member.file_limit.value_or(0) == 0) continue;
    const double ratio =
        static_cast<double>(*member.open_files) / static_cast<double>(*member.file_limit);
    worst = std::max(worst.value_or(0), ratio);
  }
  return worst;
}

std::optional<double> threads(const Group& group) {
  double sum = 0;
  for (const Process* process : group.members()) {
    sum += static_cast<double>(process->member->threads);
  }
  return sum;
}

// Members stand in the order they started in.
std::optional<double> oldest_start(const Group& group, std::optional<double> booted) {
  if (group.members().empty() || !booted) return std::nullopt;
  const auto ticks = static_cast<double>(group.members().front()->start_ticks);
  return *booted + ticks * seconds_per_tick();
}

}  // namespace

void add_group_families(std::span<const Group> groups, std::optional<double> booted,
                        FamilyList& out) {
  add_gauges(groups, out, "num_procs", "Processes of the group.", [](const Group& group) {
    return std::optional(static_cast<double>(group.members().size()));
  });
  add_gauges(groups, out, "num_threads", "Threads of the group's processes.", threads);
  add_counters(groups, out);
  add_memory(groups, out);
  add_gauges(groups, out, "open_filedesc", "Open files of the group's processes.", open_files);
  add_gauges(groups, out, "worst_fd_ratio",
             "Open files against the soft limit, of the process nearest to its own.",
             worst_file_ratio);
  add_gauges(groups, out, "oldest_start_time_seconds",
             "When the oldest process of the group started, in seconds since 1970.",
             [&](const Group& group) { return oldest_start(group, booted); });
  add_states(groups, out);
}

}  // namespace wayside
