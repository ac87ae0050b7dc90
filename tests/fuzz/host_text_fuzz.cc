#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/store/family_check.h"
#include "agent/store/rendered.h"
#include "agent/system/pressure_text.h"
#include "collectors/host/disk/diskstats.h"
#include "collectors/host/disk/filesystem.h"
#include "collectors/host/disk/mdstat.h"
#include "collectors/host/kernel/cpu.h"
#include "collectors/host/kernel/limits.h"
#include "collectors/host/kernel/loadavg.h"
#include "collectors/host/kernel/meminfo.h"
#include "collectors/host/kernel/pressure.h"
#include "collectors/host/kernel/schedstat.h"
#include "collectors/host/kernel/stat.h"
#include "collectors/host/kernel/vmstat.h"
#include "collectors/host/network/conntrack.h"
#include "collectors/host/network/netclass.h"
#include "collectors/host/network/netdev.h"
#include "collectors/host/network/netstat.h"
#include "collectors/host/network/packets.h"
#include "collectors/host/network/sockets.h"
#include "collectors/host/system/os_release.h"
#include "collectors/host/system/time.h"

namespace wayside {
namespace {

void add_cpu_text(std::string_view text, FamilyList& out) {
  SteadyCpus cpus;
  const std::size_t half = text.size() / 2;
  cpus.take(parse_cpus(text.substr(0, half)));
  add_cpus(cpus.take(parse_cpus(text.substr(half))), out);
  static_cast<void>(parse_all_cpus(text));
}

void add_diskstats_text(std::string_view text, FamilyList& out) {
  std::vector<Disk> disks;
  for (auto& stats : parse_diskstats(text)) disks.push_back({std::move(stats), {}});
  add_disks(disks, out);
}

void add_udev_text(std::string_view text, FamilyList& out) {
  DiskStats stats;
  stats.device = "sda";
  const std::vector<Disk> disks = {{stats, UdevProperties::parse(text)}};
  add_disks(disks, out);
}

void add_mounts_text(std::string_view text, FamilyList& out) {
  std::vector<FileSystem> filesystems;
  for (auto& mount : parse_mounts(text)) {
    if (mount.point.empty() || mount.point[0] != '/') std::abort();
    filesystems.push_back({std::move(mount), {}});
    if (filesystems.size() % 2 == 0) filesystems.back().values.emplace();
  }
  add_filesystems(filesystems, out);
}

void add_netclass_text(std::string_view text, FamilyList& out) {
  NetClassDevice device;
  device.name = "eth0";
  device.ifalias = parse_netclass_text(text);
  device.numbers.fill(parse_netclass_number(text));
  add_netclass({&device, 1}, out);
}

void add_net_dev_text(std::string_view text, FamilyList& out) {
  add_net_devices(parse_net_dev(text), out);
}

void add_os_text(std::string_view text, FamilyList& out) {
  add_os(parse_os_release(text), out);
}

void add_clocksource_text(std::string_view text, FamilyList& out) {
  add_clocksources("0", text, text, out);
}

constexpr std::array<void (*)(std::string_view, FamilyList&), 29> kParsers = {add_cpu_text,
                                                                              add_stat,
                                                                              add_loadavg,
                                                                              add_meminfo,
                                                                              add_vmstat,
                                                                              add_cpu_pressure,
                                                                              add_io_pressure,
                                                                              add_memory_pressure,
                                                                              add_schedstat,
                                                                              add_filefd,
                                                                              add_entropy_available,
                                                                              add_entropy_pool_size,
                                                                              add_netstat,
                                                                              add_snmp6,
                                                                              add_sockstat,
                                                                              add_udp4_queues,
                                                                              add_udp6_queues,
                                                                              add_softnet,
                                                                              add_arp,
                                                                              add_conntrack_entries,
                                                                              add_conntrack_limit,
                                                                              add_conntrack_stat,
                                                                              add_net_dev_text,
                                                                              add_os_text,
                                                                              add_mounts_text,
                                                                              add_diskstats_text,
                                                                              add_udev_text,
                                                                              add_netclass_text,
                                                                              add_mdstat};

}  // namespace
}  // namespace wayside

// The texts that the collector `host` reads: the first byte picks the parser, from `A` on.
// Whatever they hold, each family has a name of its own, and every name is one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const std::size_t parser = (data[0] - static_cast<std::size_t>('A')) % wayside::kParsers.size();
  wayside::FamilyList out;
  wayside::kParsers.at(parser)(text, out);
  std::set<std::string_view> names;
  for (const auto& family : out) {
    if (!names.insert(family.name).second) std::abort();
    const auto rendered = wayside::render_family(family, {});
    if (!rendered || rendered->desc.name.empty()) std::abort();
    if (!wayside::is_family_name(family.name)) std::abort();
  }
  wayside::add_clocksource_text(text, out);
  return 0;
}
