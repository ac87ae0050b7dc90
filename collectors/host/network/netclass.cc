#include "collectors/host/network/netclass.h"

#include <fcntl.h>

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include "agent/core/file_descriptor.h"
#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/network/netdev.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr std::size_t kMostText = 256;        // bytes of one file
constexpr double kMegabit = 1'000'000.0 / 8;  // bytes

constexpr auto kGauge = prometheus::MetricType::Gauge;
constexpr auto kCounter = prometheus::MetricType::Counter;

struct Row {
  const char* file;
  const char* name;
  const char* help;
  prometheus::MetricType type = kGauge;
  double unit = 1;
};
constexpr std::array<Row, 17> kRows = {{
    {"addr_assign_type", "address_assign_type", "How the device came by its address."},
    {"carrier", "carrier", "Whether the device has a link: 1 or 0."},
    {"carrier_changes", "carrier_changes_total", "How often the link came or went.", kCounter},
    {"carrier_down_count", "carrier_down_changes_total", "How often the link went.", kCounter},
    {"carrier_up_count", "carrier_up_changes_total", "How often the link came.", kCounter},
    {"dev_id", "device_id", "What tells devices that share an address apart."},
    {"dormant", "dormant", "Whether the device waits for something before it can be used."},
    {"flags", "flags", "The device's flags as a number."},
    {"ifindex", "iface_id", "The device's number."},
    {"iflink", "iface_link", "The number of the device that this one stands on."},
    {"link_mode", "iface_link_mode", "How the device tells of its link."},
    {"mtu", "mtu_bytes", "The most bytes that a packet may have."},
    {"name_assign_type", "name_assign_type", "How the device came by its name."},
    {"netdev_group", "net_dev_group", "The group that the device is in."},
    {"speed", "speed_bytes", "Bytes a second that the link can carry.", kGauge, kMegabit},
    {"tx_queue_len", "transmit_queue_length", "Packets that can wait to be sent."},
    {"type", "protocol_type", "What kind of device it is, as ARP numbers them."},
}};

constexpr std::array<const char*, 22> kFiles = {"addr_assign_type",
                                                "address",
                                                "broadcast",
                                                "carrier",
                                                "carrier_changes",
                                                "carrier_down_count",
                                                "carrier_up_count",
                                                "dev_id",
                                                "dormant",
                                                "duplex",
                                                "flags",
                                                "ifalias",
                                                "ifindex",
                                                "iflink",
                                                "link_mode",
                                                "mtu",
                                                "name_assign_type",
                                                "netdev_group",
                                                "operstate",
                                                "speed",
                                                "tx_queue_len",
                                                "type"};

void add_infos(std::span<const NetClassDevice> devices, FamilyList& out) {
  auto& info =
      add_family(out, "node_network_info", "What each network device is: always 1.", kGauge);
  for (const NetClassDevice& device : devices) {
    LabelList labels{{"device", device.name}};
    for (const char* name : {"address", "broadcast", "duplex", "ifalias", "operstate"}) {
      labels.push_back({name, std::string(device.text(name))});
    }
    add_sample(info, 1, std::move(labels));
  }
  auto& up =
      add_family(out, "node_network_up", "Whether each network device is in use: 1 or 0.", kGauge);
  for (const NetClassDevice& device : devices) {
    const std::string_view state = device.text("operstate");
    if (!state.empty()) add_sample(up, state == "up" ? 1 : 0, {{"device", device.name}});
  }
}

class NetclassPart final : public HostPart {
 public:
  explicit NetclassPart(const Environment& environment)
      : file_(environment.proc / "net" / "dev"), sys_(environment.sys / "class" / "net") {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return unreadable(file_, text.error());
    std::vector<NetClassDevice> devices;
    for (const NetDevice& device : parse_net_dev(*text)) {
      if (auto seen = read_device(device.name)) devices.push_back(*std::move(seen));
    }
    if (devices.empty()) return Outcome::nothing("no network device in " + sys_.string());
    add_net_class(devices, out);
    return Outcome::ok();
  }

 private:
  std::optional<NetClassDevice> read_device(const std::string& name) {
    const std::string path = (sys_ / name).string();
    const FileDescriptor folder(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return std::nullopt;
    NetClassDevice device{name, {}};
    for (const char* file : kFiles) {
      // Drivers answer some of them with an error, such as the speed of a link that is down.
      if (read_at(folder.get(), file, buffer_, kMostText) != 0) continue;
      const std::string_view line = std::string_view(buffer_).substr(0, buffer_.find('\n'));
      device.files.emplace(file, line);
    }
    return device;
  }

  KernelFile file_;
  std::filesystem::path sys_;
  std::string buffer_;
};

}  // namespace

std::string_view NetClassDevice::text(std::string_view file) const {
  const auto at = files.find(file);
  return at == files.end() ? std::string_view() : std::string_view(at->second);
}

std::optional<double> parse_net_class_number(std::string_view text) {
  const std::string_view word = next_word(text);
  if (!word.starts_with("0x")) {
    const auto number = number_in<std::int64_t>(word);
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
  }
  std::uint64_t number = 0;
  const char* const end = word.data() + word.size();
  const auto [at, code] = std::from_chars(word.data() + 2, end, number, 16);
  if (code != std::errc{} || at != end) return std::nullopt;
  return static_cast<double>(number);
}

void add_net_class(std::span<const NetClassDevice> devices, FamilyList& out) {
  add_infos(devices, out);
  for (const Row& row : kRows) {
    auto& family = add_family(out, std::string("node_network_") + row.name, row.help, row.type);
    for (const NetClassDevice& device : devices) {
      const auto number = parse_net_class_number(device.text(row.file));
      if (number) add_sample(family, *number * row.unit, {{"device", device.name}});
    }
  }
}

std::unique_ptr<HostPart> netclass_part(const HostContext& host) {
  return std::make_unique<NetclassPart>(host.environment);
}

}  // namespace wayside
