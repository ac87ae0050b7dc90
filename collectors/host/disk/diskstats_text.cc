#include "collectors/host/disk/diskstats_text.h"

#include <optional>
#include <set>
#include <utility>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

std::optional<DiskStats> parse_line(std::string_view line) {
  DiskStats disk;
  const auto major = next_number<std::uint32_t>(line);
  const auto minor = next_number<std::uint32_t>(line);
  disk.device = next_word(line);
  if (!major || !minor) return std::nullopt;
  disk.major = *major;
  disk.minor = *minor;
  while (disk.known < DiskStats::kCounters) {
    const std::string_view word = next_word(line);
    if (word.empty()) break;
    const auto number = number_in<std::uint64_t>(word);
    if (!number) return std::nullopt;
    disk.counters.at(disk.known++) = *number;
  }
  if (disk.known < DiskStats::kLeast) return std::nullopt;
  return disk;
}

}  // namespace

std::vector<DiskStats> parse_diskstats(std::string_view text) {
  std::vector<DiskStats> disks;
  std::set<std::string, std::less<>> names;
  while (!text.empty() && disks.size() < DiskStats::kMost) {
    auto disk = parse_line(next_line(text));
    if (disk && names.insert(disk->device).second) disks.push_back(*std::move(disk));
  }
  return disks;
}

}  // namespace wayside
