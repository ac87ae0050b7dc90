#include "collectors/host/parts.h"

#include <array>

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
#include "collectors/host/reading.h"
#include "collectors/host/system/os_release.h"
#include "collectors/host/system/own_cgroup.h"
#include "collectors/host/system/time.h"
#include "collectors/host/system/timex.h"
#include "collectors/host/system/uname.h"

namespace wayside {
namespace {

using Made = std::unique_ptr<HostPart>;

constexpr const char* kNoPressure =
    "boot the kernel with psi=1 for pressure stall information, or leave the part out "
    "(without: [pressure])";

template <void (*add)(std::string_view, FamilyList&)>
Made one_file(const HostContext& host, const char* path, const char* help = "") {
  return text_part({{host.environment.proc / path, add}}, help);
}

Made conntrack_part(const HostContext& host) {
  const auto& proc = host.environment.proc;
  return text_part({{proc / "sys/net/netfilter/nf_conntrack_count", add_conntrack_entries},
                    {proc / "sys/net/netfilter/nf_conntrack_max", add_conntrack_limit},
                    {proc / "net/stat/nf_conntrack", add_conntrack_stat}});
}

Made entropy_part(const HostContext& host) {
  const auto random = host.environment.proc / "sys/kernel/random";
  return text_part({{random / "entropy_avail", add_entropy_available},
                    {random / "poolsize", add_entropy_pool_size}});
}

Made netstat_part(const HostContext& host) {
  const auto net = host.environment.proc / "net";
  return text_part(
      {{net / "netstat", add_netstat}, {net / "snmp", add_netstat}, {net / "snmp6", add_snmp6}});
}

Made pressure_part(const HostContext& host) {
  const auto pressure = host.environment.proc / "pressure";
  return text_part({{pressure / "cpu", add_cpu_pressure},
                    {pressure / "io", add_io_pressure},
                    {pressure / "memory", add_memory_pressure}},
                   kNoPressure);
}

Made sockstat_part(const HostContext& host) {
  const auto net = host.environment.proc / "net";
  return text_part({{net / "sockstat", add_sockstat}, {net / "sockstat6", add_sockstat}});
}

Made udp_queues_part(const HostContext& host) {
  const auto net = host.environment.proc / "net";
  return text_part({{net / "udp", add_udp4_queues}, {net / "udp6", add_udp6_queues}});
}

constexpr std::array kParts = {
    HostPartRow{"arp", [](const HostContext& host) { return one_file<add_arp>(host, "net/arp"); }},
    HostPartRow{"cgroup", own_cgroup_part},
    HostPartRow{"conntrack", conntrack_part},
    HostPartRow{"cpu", cpu_part},
    HostPartRow{"diskstats", diskstats_part},
    HostPartRow{"entropy", entropy_part},
    HostPartRow{
        "filefd",
        [](const HostContext& host) { return one_file<add_filefd>(host, "sys/fs/file-nr"); }},
    HostPartRow{"filesystem", filesystem_part},
    HostPartRow{"loadavg",
                [](const HostContext& host) {
                  return one_file<add_loadavg>(host, "loadavg", kEveryLinux);
                }},
    HostPartRow{"mdadm",
                [](const HostContext& host) { return one_file<add_mdstat>(host, "mdstat"); }},
    HostPartRow{"meminfo",
                [](const HostContext& host) {
                  return one_file<add_meminfo>(host, "meminfo", kEveryLinux);
                }},
    HostPartRow{"netclass", netclass_part},
    HostPartRow{"netdev", netdev_part},
    HostPartRow{"netstat", netstat_part},
    HostPartRow{"os", os_part},
    HostPartRow{"pressure", pressure_part},
    HostPartRow{"schedstat",
                [](const HostContext& host) { return one_file<add_schedstat>(host, "schedstat"); }},
    HostPartRow{"sockstat", sockstat_part},
    HostPartRow{
        "softnet",
        [](const HostContext& host) { return one_file<add_softnet>(host, "net/softnet_stat"); }},
    HostPartRow{
        "stat",
        [](const HostContext& host) { return one_file<add_stat>(host, "stat", kEveryLinux); }},
    HostPartRow{"time", time_part},
    HostPartRow{"timex", timex_part},
    HostPartRow{"udp_queues", udp_queues_part},
    HostPartRow{"uname", uname_part},
    HostPartRow{"vmstat",
                [](const HostContext& host) { return one_file<add_vmstat>(host, "vmstat"); }},
};

}  // namespace

std::span<const HostPartRow> host_parts() {
  return kParts;
}

std::string host_part_names() {
  std::string names;
  for (const HostPartRow& part : kParts) {
    if (!names.empty()) names += ", ";
    names += part.name;
  }
  return names;
}

}  // namespace wayside
