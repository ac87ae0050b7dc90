#include "collectors/host/network/netdev.h"

#include <fcntl.h>

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr std::size_t kMostDevices = 8192;

constexpr std::array<const char*, NetDevice::kCounters> kNames = {
    "receive_bytes",  "receive_packets",  "receive_errs",       "receive_drop",
    "receive_fifo",   "receive_frame",    "receive_compressed", "receive_multicast",
    "transmit_bytes", "transmit_packets", "transmit_errs",      "transmit_drop",
    "transmit_fifo",  "transmit_colls",   "transmit_carrier",   "transmit_compressed"};

std::optional<NetDevice> parse_line(std::string_view line) {
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  NetDevice device;
  std::string_view before = line.substr(0, colon);
  device.name = next_word(before);
  // The kernel allows neither blanks nor slashes in a name; this one becomes part of a path.
  if (device.name.empty() || !next_word(before).empty()) return std::nullopt;
  if (device.name.find('/') != std::string::npos || device.name[0] == '.') return std::nullopt;
  line.remove_prefix(colon + 1);
  for (std::uint64_t& counter : device.counters) {
    const auto value = next_number<std::uint64_t>(line);
    if (!value) return std::nullopt;
    counter = *value;
  }
  return device;
}

prometheus::MetricFamily& add_counters(const std::string& name, FamilyList& out) {
  return add_family(out, "node_network_" + name + "_total",
                    "The counter " + name + " of each network device.",
                    prometheus::MetricType::Counter);
}

class NetdevPart final : public HostPart {
 public:
  explicit NetdevPart(const Environment& environment)
      : file_(environment.proc / "net" / "dev"), sys_(environment.sys / "class" / "net") {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return unreadable(file_, text.error());
    auto devices = parse_net_dev(whole_lines(*text));
    if (devices.empty()) return not_understood(file_);
    std::erase_if(devices, [](const NetDevice& device) { return device.name == "lo"; });
    for (NetDevice& device : devices) device.no_handler = read_no_handler(device.name);
    add_net_devices(devices, out);
    return Outcome::ok();
  }

 private:
  std::optional<std::uint64_t> read_no_handler(const std::string& device) {
    const std::string path = (sys_ / device / "statistics" / "rx_nohandler").string();
    if (read_at(AT_FDCWD, path.c_str(), buffer_) != 0) return std::nullopt;
    std::string_view text = buffer_;
    return next_number<std::uint64_t>(text);
  }

  KernelFile file_;
  std::filesystem::path sys_;
  std::string buffer_;
};

}  // namespace

std::vector<NetDevice> parse_net_dev(std::string_view text) {
  std::vector<NetDevice> devices;
  std::unordered_set<std::string> names;
  while (!text.empty() && devices.size() < kMostDevices) {
    auto device = parse_line(next_line(text));
    if (device && names.insert(device->name).second) devices.push_back(std::move(*device));
  }
  return devices;
}

void add_net_devices(std::span<const NetDevice> devices, FamilyList& out) {
  for (std::size_t i = 0; i < NetDevice::kCounters; ++i) {
    auto& family = add_counters(kNames.at(i), out);
    for (const NetDevice& device : devices) {
      add_sample(family, static_cast<double>(device.counters.at(i)), {{"device", device.name}});
    }
  }
  auto& family = add_counters("receive_nohandler", out);
  for (const NetDevice& device : devices) {
    if (!device.no_handler) continue;
    add_sample(family, static_cast<double>(*device.no_handler), {{"device", device.name}});
  }
}

std::unique_ptr<HostPart> netdev_part(const HostContext& host) {
  return std::make_unique<NetdevPart>(host.environment);
}

}  // namespace wayside
