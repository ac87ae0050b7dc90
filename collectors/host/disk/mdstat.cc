#include "collectors/host/disk/mdstat.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

std::uint64_t count(std::string_view text, std::string_view wanted) {
  std::uint64_t times = 0;
  for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + wanted.size())) {
    ++times;
  }
  return times;
}

bool has(std::string_view text, std::string_view wanted) {
  return text.find(wanted) != std::string_view::npos;
}

// "sdb1[1](F)": a disk of an array, not its state as in "(read-only)" nor its level.
bool is_disk(std::string_view word) {
  return word.find('[') != std::string_view::npos;
}

// The two numbers of "[3/2]" or "(16775552/195310144)", whatever stands around them.
std::optional<std::pair<std::uint64_t, std::uint64_t>> pair_in(std::string_view word) {
  if (word.size() < 2) return std::nullopt;
  word = word.substr(1, word.size() - 2);
  const std::size_t slash = word.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto first = number_in<std::uint64_t>(word.substr(0, slash));
  const auto second = number_in<std::uint64_t>(word.substr(slash + 1));
  if (!first || !second) return std::nullopt;
  return std::pair(*first, *second);
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> pair_of(std::string_view line, char open) {
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    if (!word.starts_with(open)) continue;
    if (const auto pair = pair_in(word)) return pair;
  }
  return std::nullopt;
}

// "md6 : active raid1 sdb2[2](F) sdc[1](S) sda2[0]"
std::optional<RaidArray> parse_heading(std::string_view line) {
  RaidArray array;
  array.name = next_word(line);
  if (next_word(line) != ":") return std::nullopt;
  const std::string_view state = next_word(line);
  if (state != "active" && state != "inactive") return std::nullopt;
  array.failed = count(line, "(F)");
  array.spare = count(line, "(S)");
  if (state == "inactive") {
    array.state = RaidArray::State::inactive;
    array.active = 0;
  } else if (has(line, "raid0") || has(line, "linear")) {
    // They need all of their disks, and do not tell how many work.
    std::uint64_t disks = 0;
    for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
      if (is_disk(word)) ++disks;
    }
    array.active = array.required = disks;
  }
  return array;
}

// "      195310144 blocks super 1.2 level 6, 64k chunk [2/1] [U_]"
void take_size(std::string_view line, RaidArray& array) {
  array.blocks = array.synced = next_number<std::uint64_t>(line);
  if (array.active) return;
  if (const auto disks = pair_of(line, '[')) {
    std::tie(array.required, array.active) = std::pair(disks->first, disks->second);
  }
}

// "      [=>....]  recovery =  8.5% (16775552/195310144) finish=17.0min", "  resync=DELAYED"
void take_progress(std::string_view line, RaidArray& array) {
  using State = RaidArray::State;
  constexpr std::array<std::pair<std::string_view, State>, 3> kStates = {
      {{"recovery", State::recovering}, {"resync", State::resync}, {"check", State::check}}};
  const auto found =
      std::ranges::find_if(kStates, [line](const auto& state) { return has(line, state.first); });
  if (found == kStates.end()) return;
  array.state = found->second;
  const auto done = pair_of(line, '(');
  array.synced = done ? std::optional(done->first) : std::nullopt;
  if (has(line, "PENDING") || has(line, "DELAYED")) array.synced = 0;
}

void add_states(const std::vector<RaidArray>& arrays, FamilyList& out) {
  using State = RaidArray::State;
  constexpr std::array<std::pair<const char*, State>, 5> kStates = {
      {{"active", State::active},
       {"inactive", State::inactive},
       {"recovering", State::recovering},
       {"resync", State::resync},
       {"check", State::check}}};
  auto& family =
      add_family(out, "node_md_state", "Whether each array of disks is in a state: 1 or 0.",
                 prometheus::MetricType::Gauge);
  for (const RaidArray& array : arrays) {
    for (const auto& [name, state] : kStates) {
      add_sample(family, array.state == state ? 1 : 0, {{"device", array.name}, {"state", name}});
    }
  }
}

void add_disk_counts(const std::vector<RaidArray>& arrays, FamilyList& out) {
  auto& family = add_family(out, "node_md_disks", "Disks of each array, by what they do.",
                            prometheus::MetricType::Gauge);
  for (const RaidArray& array : arrays) {
    const auto add = [&](const char* state, std::uint64_t disks) {
      add_sample(family, static_cast<double>(disks), {{"device", array.name}, {"state", state}});
    };
    if (array.active) add("active", *array.active);
    add("failed", array.failed);
    add("spare", array.spare);
  }
}

void add_figure(const std::vector<RaidArray>& arrays, const char* name, const char* help,
                std::optional<std::uint64_t> RaidArray::*figure, FamilyList& out) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Gauge);
  for (const RaidArray& array : arrays) {
    const auto& value = array.*figure;
    if (value) add_sample(family, static_cast<double>(*value), {{"device", array.name}});
  }
}

}  // namespace

std::vector<RaidArray> parse_mdstat(std::string_view text) {
  std::vector<RaidArray> arrays;
  std::set<std::string, std::less<>> names;
  RaidArray* array = nullptr;  // whose lines these are
  while (!text.empty() && arrays.size() < RaidArray::kMost) {
    const std::string_view line = next_line(text);
    if (!line.starts_with(' ') && !line.starts_with('\t')) {
      auto next = parse_heading(line);
      const bool fresh = next && names.insert(next->name).second;
      array = fresh ? &arrays.emplace_back(*std::move(next)) : nullptr;
    } else if (array != nullptr && !array->blocks) {
      take_size(line, *array);
    } else if (array != nullptr) {
      take_progress(line, *array);
    }
  }
  return arrays;
}

void add_mdstat(std::string_view text, FamilyList& out) {
  const auto arrays = parse_mdstat(text);
  // A kernel that could have arrays and has none is told of by families without samples.
  if (arrays.empty() && !text.starts_with("Personalities")) return;
  add_states(arrays, out);
  add_disk_counts(arrays, out);
  add_figure(arrays, "node_md_disks_required", "Disks that each array needs to be whole.",
             &RaidArray::required, out);
  add_figure(arrays, "node_md_blocks", "Size of each array, in blocks of 1 KiB.",
             &RaidArray::blocks, out);
  add_figure(arrays, "node_md_blocks_synced",
             "Blocks of each array that are as they should be while it is checked or restored.",
             &RaidArray::synced, out);
}

}  // namespace wayside
