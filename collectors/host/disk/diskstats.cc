#include "collectors/host/disk/diskstats.h"

#include <fcntl.h>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/disk/disk_info.h"
#include "collectors/host/ignore_pattern.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr std::size_t kMostOfUdev = std::size_t{64} << 10U;  // bytes; such a file has few KiB

constexpr auto kCounter = prometheus::MetricType::Counter;
constexpr auto kGauge = prometheus::MetricType::Gauge;

// What a column counts in: one, sectors of 512 bytes, or milliseconds.
enum class Unit : std::uint8_t { one, sectors, milliseconds };

// Nothing of a gauge below zero, which the kernel writes as a number without a sign.
std::optional<double> in_base_unit(std::uint64_t number, Unit unit, prometheus::MetricType type) {
  constexpr double kBytesOfSector = 512;
  constexpr double kMillisInSecond = 1000;
  if (type == kGauge && number > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  const auto value = static_cast<double>(number);
  if (unit == Unit::sectors) return value * kBytesOfSector;
  if (unit == Unit::milliseconds) return value / kMillisInSecond;
  return value;
}

struct Column {
  const char* name;
  const char* help;
  Unit unit = Unit::one;
  prometheus::MetricType type = kCounter;
};
constexpr std::array<Column, DiskStats::kCounters> kColumns = {
    {{"reads_completed_total", "Reads of each block device that succeeded."},
     {"reads_merged_total", "Reads that were made part of a neighbour's."},
     {"read_bytes_total", "Bytes read from each block device.", Unit::sectors},
     {"read_time_seconds_total", "Time that all reads took, together.", Unit::milliseconds},
     {"writes_completed_total", "Writes to each block device that succeeded."},
     {"writes_merged_total", "Writes that were made part of a neighbour's."},
     {"written_bytes_total", "Bytes written to each block device.", Unit::sectors},
     {"write_time_seconds_total", "Time that all writes took, together.", Unit::milliseconds},
     {"io_now", "Requests that each block device is busy with.", Unit::one, kGauge},
     {"io_time_seconds_total", "Time in which each block device had something to do.",
      Unit::milliseconds},
     {"io_time_weighted_seconds_total",
      "Time in which each block device had something to do, times the requests it then had.",
      Unit::milliseconds},
     {"discards_completed_total", "Discards of each block device that succeeded."},
     {"discards_merged_total", "Discards that were made part of a neighbour's."},
     {"discarded_sectors_total", "Sectors of 512 bytes that were discarded."},
     {"discard_time_seconds_total", "Time that all discards took, together.", Unit::milliseconds},
     {"flush_requests_total", "Flushes of each block device that succeeded."},
     {"flush_requests_time_seconds_total", "Time that all flushes took, together.",
      Unit::milliseconds}}};

class DiskstatsPart final : public HostPart {
 public:
  explicit DiskstatsPart(const HostContext& host)
      : file_(host.environment.proc / "diskstats"),
        udev_(host.environment.root / "run" / "udev" / "data"),
        ignored_(host.config.devices_ignore) {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return unreadable(file_, text.error());
    // A host without disks, such as one whose root is in memory, has an empty table.
    if (text->empty()) return Outcome::nothing(file_.path().string());
    auto stats = parse_diskstats(whole_lines(*text));
    if (stats.empty()) return not_understood(file_);
    std::vector<Disk> disks;
    for (DiskStats& each : stats) {
      if (ignored_.finds(each.device)) continue;
      auto properties = read_properties(each);
      disks.push_back({std::move(each), std::move(properties)});
    }
    add_disks(disks, out);
    return Outcome::ok();
  }

 private:
  UdevProperties read_properties(const DiskStats& disk) {
    const auto path = udev_ / ("b" + std::to_string(disk.major) + ":" + std::to_string(disk.minor));
    if (read_at(AT_FDCWD, path.c_str(), buffer_, kMostOfUdev) != 0) return {};
    return UdevProperties::parse(buffer_);
  }

  KernelFile file_;
  std::filesystem::path udev_;
  IgnorePattern ignored_;
  std::string buffer_;
};

}  // namespace

void add_disks(std::span<const Disk> disks, FamilyList& out) {
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    const Column& column = kColumns.at(i);
    auto& family =
        add_family(out, "node_disk_" + std::string(column.name), column.help, column.type);
    for (const Disk& disk : disks) {
      if (i >= disk.stats.known) continue;
      const auto value = in_base_unit(disk.stats.counters.at(i), column.unit, column.type);
      if (value) add_sample(family, *value, {{"device", disk.stats.device}});
    }
  }
  add_disk_info(disks, out);
}

std::unique_ptr<HostPart> diskstats_part(const HostContext& host) {
  return std::make_unique<DiskstatsPart>(host);
}

}  // namespace wayside
