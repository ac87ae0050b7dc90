#include "collectors/processes/worker_families.h"

#include <array>
#include <string_view>

#include "agent/system/units.h"

namespace wayside {
namespace {

using prometheus::MetricType;

struct CounterRow {
  Count count;
  std::string_view name;
  std::string_view help;
  std::string_view label;  // beside groupname and worker; empty: none
  std::string_view value;
};
// Rows of one family stand together.
constexpr std::array<CounterRow, kCounts> kCounters = {{
    {Count::user_ticks, "cpu_seconds_total",
     "CPU time in a worker's place, of all who stood in it.", "mode", "user"},
    {Count::system_ticks, "cpu_seconds_total", "", "mode", "system"},
    {Count::read_bytes, "read_bytes_total", "Bytes fetched from storage.", "", ""},
    {Count::written_bytes, "write_bytes_total", "Bytes sent to storage.", "", ""},
    {Count::major_faults, "major_page_faults_total", "Page faults that had to wait for storage.",
     "", ""},
    {Count::minor_faults, "minor_page_faults_total", "Page faults served from memory.", "", ""},
    {Count::voluntary_switches, "context_switches_total",
     "How often threads gave up the CPU (voluntary) or had to (nonvoluntary).", "ctxswitchtype",
     "voluntary"},
    {Count::involuntary_switches, "context_switches_total", "", "ctxswitchtype", "nonvoluntary"},
}};

using Figure = std::optional<std::uint64_t>;
struct GaugeRow {
  std::string_view name;
  std::string_view help;
  Figure (*of)(const Member& member);
};
constexpr std::array<GaugeRow, 7> kGauges = {{
    {"resident_memory_bytes", "Memory that is in RAM, shared or not (RSS).",
     [](const Member& m) { return Figure(m.resident_bytes); }},
    {"anonymous_memory_bytes", "Memory in RAM that is no file's: heap and stacks.",
     [](const Member& m) { return m.anonymous_bytes; }},
    {"proportional_memory_bytes",
     "Memory in RAM, what is shared divided by how many share it (PSS); read about once a minute.",
     [](const Member& m) {
       return m.proportional ? Figure(m.proportional->resident_bytes) : Figure();
     }},
    {"swap_bytes", "Memory that is swapped out.", [](const Member& m) { return m.swapped_bytes; }},
    {"threads", "Threads.", [](const Member& m) { return Figure(m.threads); }},
    {"open_fds", "Open file descriptors.", [](const Member& m) { return m.open_files; }},
    {"max_fds", "The soft limit of open file descriptors.",
     [](const Member& m) { return m.file_limit; }},
}};

LabelList labels_of(const Group& group, const Place& place, std::string_view name = {},
                    std::string_view value = {}) {
  LabelList labels;
  labels.reserve(name.empty() ? 2 : 3);
  labels.push_back({"groupname", group.config().name});
  labels.push_back({"worker", worker_label(place)});
  if (!name.empty()) labels.push_back({std::string(name), std::string(value)});
  return labels;
}

std::size_t seats_of(std::span<const Group> groups) {
  std::size_t seats = 0;
  for (const Group& group : groups) {
    seats += group.masters().seats().size() + group.workers().seats().size();
  }
  return seats;
}

// Calls `fn(group, place, seat)` for each place that was ever taken.
template <typename Fn>
void each_seat(std::span<const Group> groups, const Fn& fn) {
  for (const Group& group : groups) {
    for (const bool master : {true, false}) {
      const auto& seats = (master ? group.masters() : group.workers()).seats();
      for (std::size_t i = 0; i < seats.size(); ++i) {
        if (seats[i].used) fn(group, Place{master, i}, seats[i]);
      }
    }
  }
}

// The same where somebody stands in it, with who.
template <typename Fn>
void each_holder(std::span<const Group> groups, const Fn& fn) {
  each_seat(groups, [&](const Group& group, const Place& place, const Seat& seat) {
    if (seat.holder != nullptr) fn(group, place, *seat.holder);
  });
}

prometheus::MetricFamily& family(FamilyList& out, std::string_view rest, std::string_view help,
                                 MetricType type) {
  return add_family(out, "wayside_worker_" + std::string(rest), std::string(help), type);
}

// Of one whose figure cannot be read now nobody knows how far it is.
std::optional<std::uint64_t> count_of(const Seat& seat, Count count) {
  if (seat.holder != nullptr && !seat.holder->member->read_counts[count]) return std::nullopt;
  return seat.counts[count];
}

void add_counters(std::span<const Group> groups, FamilyList& out) {
  const std::size_t seats = seats_of(groups);
  std::string_view last;
  for (const CounterRow& row : kCounters) {
    if (row.name != last) family(out, row.name, row.help, MetricType::Counter);
    out.back().metric.reserve(out.back().metric.size() + seats);
    last = row.name;
    const bool ticks = row.count == Count::user_ticks || row.count == Count::system_ticks;
    each_seat(groups, [&](const Group& group, const Place& place, const Seat& seat) {
      const auto count = count_of(seat, row.count);
      if (!count) return;
      const auto value = static_cast<double>(*count);
      add_sample(out.back(), ticks ? value * seconds_per_tick() : value,
                 labels_of(group, place, row.label, row.value));
    });
  }
}

void add_gauges(std::span<const Group> groups, FamilyList& out) {
  for (const GaugeRow& row : kGauges) {
    auto& gauges = family(out, row.name, row.help, MetricType::Gauge);
    gauges.metric.reserve(seats_of(groups));
    each_holder(groups, [&](const Group& group, const Place& place, const Process& process) {
      const Figure figure = row.of(*process.member);
      if (figure) add_sample(gauges, static_cast<double>(*figure), labels_of(group, place));
    });
  }
}

void add_starts(std::span<const Group> groups, double booted, FamilyList& out) {
  auto& starts =
      family(out, "start_time_seconds",
             "When the process in this place started, in seconds since 1970.", MetricType::Gauge);
  each_holder(groups, [&](const Group& group, const Place& place, const Process& process) {
    const auto ticks = static_cast<double>(process.start_ticks);
    add_sample(starts, booted + ticks * seconds_per_tick(), labels_of(group, place));
  });
}

void add_roles(std::span<const Group> groups, FamilyList& out) {
  auto& roles =
      family(out, "info", "Who stands in this place: a worker, or the master that leads them.",
             MetricType::Gauge);
  each_holder(groups, [&](const Group& group, const Place& place, const Process&) {
    add_sample(roles, 1, labels_of(group, place, "role", place.master ? "master" : "worker"));
  });
}

}  // namespace

std::string worker_label(const Place& place) {
  const std::size_t index = place.index.value_or(0);
  if (!place.master) return std::to_string(index);
  return index == 0 ? "master" : "master" + std::to_string(index);
}

void add_worker_families(std::span<const Group> groups, std::optional<double> booted,
                         FamilyList& out) {
  add_roles(groups, out);
  add_counters(groups, out);
  add_gauges(groups, out);
  if (booted) add_starts(groups, *booted, out);
  auto& restarts = family(out, "restarts_total",
                          "How often another process took this place after one that ended.",
                          MetricType::Counter);
  each_seat(groups, [&](const Group& group, const Place& place, const Seat& seat) {
    add_sample(restarts, static_cast<double>(seat.restarts), labels_of(group, place));
  });
  auto& overflow = add_family(
      out, "wayside_workers_without_place",
      "Workers beyond the group's max_workers, without series of their own.", MetricType::Gauge);
  for (const Group& group : groups) {
    if (!group.told()) continue;
    add_sample(overflow, static_cast<double>(group.without_place()),
               {{"groupname", group.config().name}});
  }
}

}  // namespace wayside
