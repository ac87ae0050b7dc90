#include "collectors/host/network/netclass.h"

#include <cerrno>
#include <charconv>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "collectors/host/network/netclass_files.h"

namespace wayside {
namespace {

constexpr auto kCounter = prometheus::MetricType::Counter;
constexpr auto kGauge = prometheus::MetricType::Gauge;

struct Row {
  const char* name;
  const char* help;
  prometheus::MetricType type = kGauge;
};
constexpr std::size_t kSpeed = 14;  // its place among the files
static_assert(NetClassDevice::kFiles[kSpeed] == std::string_view("speed"));

constexpr std::array<Row, NetClassDevice::kFiles.size()> kRows = {
    {{"address_assign_type",
      "How the device got its address: 0 permanent, 1 random, 2 taken from "
      "another, 3 set."},
     {"carrier", "Whether the device has a link: 1 or 0; absent while it is down."},
     {"carrier_changes_total", "Times that the link came or went.", kCounter},
     {"carrier_up_changes_total", "Times that the link came.", kCounter},
     {"carrier_down_changes_total", "Times that the link went.", kCounter},
     {"device_id", "Tells devices of one address apart."},
     {"dormant", "Whether the device waits for something before it can be used: 1 or 0."},
     {"flags", "The device's flags (IFF_UP and its like), as a sum."},
     {"iface_id", "The device's number."},
     {"iface_link", "The number of the device that this one is built on; its own where on none."},
     {"iface_link_mode", "Policy for the device's state: 0 default, 1 dormant."},
     {"mtu_bytes", "The largest packet that the device takes."},
     {"net_dev_group", "The group that the device is in."},
     {"name_assign_type",
      "How the device got its name: 1 by the kernel, 2 by a rule of the kernel's, 3 by "
      "a user, 4 renamed."},
     {"speed_bytes", "How much the link can carry in a second."},
     {"transmit_queue_length", "Packets that may wait to be sent."},
     {"protocol_type", "Kind of the link, as ARP has it: 1 is Ethernet, 772 loopback."}}};

class NetclassPart final : public HostPart {
 public:
  explicit NetclassPart(const Environment& environment)
      : clock_(environment.clock), files_(environment.sys / "class" / "net") {}

  Outcome read(FamilyList& out) override {
    std::vector<NetClassDevice> devices;
    const int code = files_.read(clock_->steady(), devices);
    if (code == ENOENT) return Outcome::nothing(files_.folder());
    if (code != 0) return Outcome::failed(system_error(files_.folder(), code).message);
    add_netclass(devices, out);
    return Outcome::ok();
  }

 private:
  const Clock* clock_;
  NetClassFiles files_;
};

std::optional<double> value_of(std::size_t row, std::optional<std::int64_t> number) {
  constexpr double kBytesOfMegabit = 1e6 / 8;
  if (!number) return std::nullopt;
  if (row != kSpeed) return static_cast<double>(*number);
  if (*number < 0) return std::nullopt;
  return static_cast<double>(*number) * kBytesOfMegabit;
}

void add_states(std::span<const NetClassDevice> devices, FamilyList& out) {
  auto& up = add_family(out, "node_network_up",
                        "Whether the device works (its operstate is `up`): 1 or 0.", kGauge);
  for (const auto& device : devices) {
    if (device.operstate.empty()) continue;
    add_sample(up, device.operstate == "up" ? 1 : 0, {{"device", device.name}});
  }
  auto& info = add_family(out, "node_network_info",
                          "What each network device is, as labels: always 1.", kGauge);
  for (const auto& device : devices) {
    add_sample(info, 1,
               {{"device", device.name},
                {"address", device.address},
                {"broadcast", device.broadcast},
                {"duplex", device.duplex},
                {"operstate", device.operstate},
                {"ifalias", device.ifalias}});
  }
}

}  // namespace

std::optional<std::int64_t> parse_netclass_number(std::string_view text) {
  std::string_view word = parse_netclass_text(text);
  const bool hexadecimal = word.starts_with("0x");
  if (hexadecimal) word.remove_prefix(2);
  std::int64_t number = 0;
  const char* end = word.data() + word.size();
  const auto parsed = std::from_chars(word.data(), end, number, hexadecimal ? 16 : 10);
  if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  if (hexadecimal && number < 0) return std::nullopt;
  return number;
}

std::string_view parse_netclass_text(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

void add_netclass(std::span<const NetClassDevice> devices, FamilyList& out) {
  add_states(devices, out);
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    const Row& row = kRows.at(i);
    auto& family = add_family(out, "node_network_" + std::string(row.name), row.help, row.type);
    for (const auto& device : devices) {
      const auto value = value_of(i, device.numbers.at(i));
      if (value) add_sample(family, *value, {{"device", device.name}});
    }
  }
}

std::unique_ptr<HostPart> netclass_part(const HostContext& host) {
  return std::make_unique<NetclassPart>(host.environment);
}

}  // namespace wayside
