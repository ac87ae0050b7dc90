#include "tests/e2e/node_exporter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tests/support/http.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

constexpr std::array<std::string_view, 28> kSpoken = {"node_arp_",
                                                      "node_boot_time_",
                                                      "node_context_switches_",
                                                      "node_cpu_core_throttles_",
                                                      "node_cpu_package_throttles_",
                                                      "node_cpu_guest_",
                                                      "node_cpu_seconds_",
                                                      "node_disk_",
                                                      "node_entropy_",
                                                      "node_filefd_",
                                                      "node_filesystem_",
                                                      "node_forks_",
                                                      "node_intr_",
                                                      "node_load",
                                                      "node_memory_",
                                                      "node_netstat_",
                                                      "node_network_",
                                                      "node_nf_conntrack_",
                                                      "node_os_",
                                                      "node_pressure_",
                                                      "node_procs_",
                                                      "node_schedstat_",
                                                      "node_sockstat_",
                                                      "node_softnet_",
                                                      "node_time",
                                                      "node_udp_queues",
                                                      "node_uname_",
                                                      "node_vmstat_"};

// How far a gauge may be off since node_exporter is at work while it looks and not while wayside
// does: its threads, its memory, its connection. Others write to the same disks meanwhile.
struct Slack {
  std::string_view family;
  double slack;
};
constexpr std::array<Slack, 11> kSlacks = {{{"node_memory_HugePages_", 0},
                                            {"node_memory_", 16.0 * 1024 * 1024},
                                            {"node_disk_io_now", 1000},
                                            {"node_filefd_allocated", 500},
                                            {"node_filesystem_avail_", 256.0 * 1024 * 1024},
                                            {"node_filesystem_free_", 256.0 * 1024 * 1024},
                                            {"node_filesystem_files_free", 20'000},
                                            {"node_procs_", 20},
                                            {"node_sockstat_TCP_mem_bytes", 1024.0 * 1024},
                                            {"node_sockstat_", 50},
                                            {"node_netstat_Tcp_CurrEstab", 50}}};

double slack_of(std::string_view family) {
  const auto known = std::ranges::find_if(
      kSlacks, [family](const Slack& slack) { return family.starts_with(slack.family); });
  return known == kSlacks.end() ? 0 : known->slack;
}

// The statistics of the network are counters but for these.
bool is_monotone(std::string_view family, std::string_view type) {
  if (family == "node_netstat_Tcp_CurrEstab" || family == "node_netstat_Ip_Forwarding")
    return false;
  return type == "counter" || type == "untyped" || family == "node_time_seconds" ||
         family.starts_with("node_nf_conntrack_stat_");
}

}  // namespace

NodeExporter::NodeExporter() : port_(support::free_port()) {}

testing::AssertionResult NodeExporter::start() {
  const auto program = support::find_program({"/usr/bin/prometheus-node-exporter"});
  if (program.empty()) {
    return testing::AssertionFailure() << "prometheus-node-exporter is not installed";
  }
  process_.emplace(support::Command{
      .words = {program, "--web.listen-address=127.0.0.1:" + std::to_string(port_)}});
  if (!support::wait_until([this] { return support::http_get(port_, "/").status == 200; })) {
    return testing::AssertionFailure() << "prometheus-node-exporter does not answer";
  }
  return testing::AssertionSuccess();
}

support::Page NodeExporter::page() const {
  const auto reply = support::http_get(port_, "/metrics");
  EXPECT_EQ(reply.status, 200) << reply.error;
  return support::parse_page(reply.body);
}

SeriesMap node_series(const support::Page& page) {
  SeriesMap series;
  for (const support::Sample& sample : page.samples) {
    if (!sample.name.starts_with("node_")) continue;
    // A speed that a device does not know: node_exporter has it as -125000, wayside not at all.
    if (sample.name == "node_network_speed_bytes" && sample.value < 0) continue;
    support::Labels labels = sample.labels;
    std::erase_if(labels, [](const auto& label) { return label.second.empty(); });
    series[{sample.name, labels}] = sample.value;
  }
  return series;
}

bool is_spoken(std::string_view family) {
  return std::ranges::any_of(
      kSpoken, [family](std::string_view prefix) { return family.starts_with(prefix); });
}

bool agrees(const std::string& family, const std::string& type, double before, double ours,
            double after) {
  // A CPU's time waiting for disks may step back in the kernel by a few ticks.
  const double ticks = family == "node_cpu_seconds_total" ? 0.05 : 0;
  const auto [low, high] = std::minmax(before, after);
  // node_exporter divides microseconds twice by a thousand, which rounds twice.
  const double rounding = 1e-12 * std::max(std::abs(low), std::abs(high));
  if (is_monotone(family, type)) {
    return before - ticks - rounding <= ours && ours <= after + ticks + rounding;
  }
  const double slack = slack_of(family) + (high - low) + rounding;
  return low - slack <= ours && ours <= high + slack;
}

std::string to_text(const Series& series) {
  std::string text = series.first + "{";
  for (const auto& [name, value] : series.second) text += name + "=\"" + value + "\",";
  return text + "}";
}

}  // namespace wayside::e2e
