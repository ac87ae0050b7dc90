#include "collectors/host/disk/diskstats.h"

#include <fcntl.h>

#include <optional>
#include <utility>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/disk/disk_info.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr std::size_t kMostDevices = 8192;
constexpr double kSector = 512;  // bytes, whatever the device's own sectors are
constexpr double kMillis = 0.001;

// Families in the order of the numbers; `unit` is what one of them counts.
struct Row {
  const char* name;
  const char* help;
  double unit = 1;
  prometheus::MetricType type = prometheus::MetricType::Counter;
};
constexpr std::array<Row, DiskDevice::kNumbers> kRows = {{
    {"reads_completed_total", "Reads that each disk has done."},
    {"reads_merged_total", "Reads that were joined to another before they came to the disk."},
    {"read_bytes_total", "Bytes read from each disk.", kSector},
    {"read_time_seconds_total", "Time that all reads took together.", kMillis},
    {"writes_completed_total", "Writes that each disk has done."},
    {"writes_merged_total", "Writes that were joined to another before they came to the disk."},
    {"written_bytes_total", "Bytes written to each disk.", kSector},
    {"write_time_seconds_total", "Time that all writes took together.", kMillis},
    {"io_now", "Reads and writes that each disk has under way.", 1, prometheus::MetricType::Gauge},
    {"io_time_seconds_total", "Time in which the disk had something to do.", kMillis},
    {"io_time_weighted_seconds_total", "That time by how much there was to do.", kMillis},
    {"discards_completed_total", "Discards that each disk has done."},
    {"discards_merged_total", "Discards that were joined to another before they came to the disk."},
    {"discarded_sectors_total", "Sectors of 512 bytes that were discarded."},
    {"discard_time_seconds_total", "Time that all discards took together.", kMillis},
    {"flush_requests_total", "Flushes that each disk has done."},
    {"flush_requests_time_seconds_total", "Time that all flushes took together.", kMillis},
}};

std::optional<DiskDevice> parse_line(std::string_view line) {
  const auto major = next_number<std::uint32_t>(line);
  const auto minor = next_number<std::uint32_t>(line);
  DiskDevice device;
  device.name = next_word(line);
  if (!major || !minor || device.name.empty()) return std::nullopt;
  device.major = *major;
  device.minor = *minor;
  for (; device.known < DiskDevice::kNumbers; ++device.known) {
    const auto number = next_number<std::uint64_t>(line);
    if (!number) break;
    device.numbers.at(device.known) = *number;
  }
  if (device.known < DiskDevice::kLeast) return std::nullopt;
  return device;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes the digits off the end of `text`; false where there are none.
bool drop_number(std::string_view& text) {
  const std::size_t size = text.size();
  while (!text.empty() && is_digit(text.back())) text.remove_suffix(1);
  return text.size() < size;
}

// "sda", "hdb", "vdc" or "xvdd", with one letter for the device.
bool is_disk_of_letters(std::string_view text) {
  if (text.empty() || text.back() < 'a' || text.back() > 'z') return false;
  text.remove_suffix(1);
  return text == "hd" || text == "sd" || text == "vd" || text == "xvd";
}

// "nvme0n1p", the number of the partition taken off.
bool is_nvme_partition(std::string_view text) {
  if (!text.ends_with('p')) return false;
  text.remove_suffix(1);
  if (!drop_number(text) || !text.ends_with('n')) return false;
  text.remove_suffix(1);
  return drop_number(text) && text == "nvme";
}

class DiskstatsPart final : public HostPart {
 public:
  explicit DiskstatsPart(const Environment& environment)
      : file_(environment.proc / "diskstats"), udev_(environment.root / "run/udev/data") {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return unreadable(file_, text.error());
    auto devices = parse_diskstats(*text);
    std::erase_if(devices, [](const auto& device) { return is_left_out_disk(device.name); });
    if (devices.empty()) return Outcome::nothing("no disk");
    add_disks(devices, out);
    std::vector<DiskInfo> infos;
    for (const DiskDevice& device : devices) infos.push_back(info_of(device));
    add_disk_infos(infos, out);
    return Outcome::ok();
  }

 private:
  DiskInfo info_of(const DiskDevice& device) {
    const std::string number = std::to_string(device.major) + ":" + std::to_string(device.minor);
    const std::string path = (udev_ / ("b" + number)).string();
    if (read_at(AT_FDCWD, path.c_str(), buffer_) != 0) buffer_.clear();
    DiskInfo info = parse_udev_data(buffer_);
    info.device = device.name;
    info.major = std::to_string(device.major);
    info.minor = std::to_string(device.minor);
    return info;
  }

  KernelFile file_;
  std::filesystem::path udev_;
  std::string buffer_;
};

}  // namespace

std::vector<DiskDevice> parse_diskstats(std::string_view text) {
  std::vector<DiskDevice> devices;
  while (!text.empty() && devices.size() < kMostDevices) {
    if (auto device = parse_line(next_line(text))) devices.push_back(*std::move(device));
  }
  return devices;
}

bool is_left_out_disk(std::string_view name) {
  if (!drop_number(name)) return false;
  return name == "ram" || name == "loop" || name == "fd" || is_disk_of_letters(name) ||
         is_nvme_partition(name);
}

void add_disks(std::span<const DiskDevice> devices, FamilyList& out) {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const Row& row = kRows.at(i);
    auto& family = add_family(out, std::string("node_disk_") + row.name, row.help, row.type);
    for (const DiskDevice& device : devices) {
      if (i >= device.known) continue;
      add_sample(family, static_cast<double>(device.numbers.at(i)) * row.unit,
                 {{"device", device.name}});
    }
  }
}

std::unique_ptr<HostPart> diskstats_part(const HostContext& host) {
  return std::make_unique<DiskstatsPart>(host.environment);
}

}  // namespace wayside
