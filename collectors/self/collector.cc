#include "collectors/self/collector.h"

#include <utility>

#include "agent/core/small_file.h"
#include "agent/system/family_list.h"
#include "agent/system/process_stat.h"
#include "agent/system/units.h"

namespace wayside {

namespace {

// The lines of interrupts in /proc/stat, before the boot time, are long on large machines.
constexpr std::size_t kMostOfStat = 1U << 20U;

}  // namespace

SelfCollector::SelfCollector(const Environment& environment, std::string version)
    : proc_(environment.proc), version_(std::move(version)) {}

Outcome SelfCollector::poll(SteadyTime /*deadline*/, Families& out) {
  add_gauge(out, "wayside_build_info", "The agent that runs: always 1, its version is the label.",
            1, {{"version", version_}});
  add_limits(out);
  add_open_files(out);
  return add_stat(out);
}

Outcome SelfCollector::add_stat(Families& out) {
  const auto path = proc_ / "self" / "stat";
  const auto text = read_small_file(path);
  if (!text) return Outcome::failed(text.error().message);
  const auto stat = parse_process_stat(*text);
  if (!stat) return Outcome::failed(stat.error().in(path.string()).message);
  add_counter(out, "process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
              static_cast<double>(stat->user_ticks + stat->system_ticks) * seconds_per_tick());
  add_gauge(out, "process_resident_memory_bytes", "Resident memory size in bytes.",
            static_cast<double>(stat->resident_pages) * bytes_per_page());
  add_gauge(out, "process_virtual_memory_bytes", "Virtual memory size in bytes.",
            static_cast<double>(stat->virtual_bytes));
  add_gauge(out, "process_threads", "Number of OS threads in the process.",
            static_cast<double>(stat->threads));
  add_start_time(out, stat->start_ticks);
  return Outcome::ok();
}

void SelfCollector::add_start_time(Families& out, std::uint64_t start_ticks) {
  if (!started_) {
    const auto text = read_small_file(proc_ / "stat", kMostOfStat);
    const auto booted = text ? parse_boot_time(*text) : std::nullopt;
    if (!booted) return;
    started_ = static_cast<double>(*booted) + static_cast<double>(start_ticks) * seconds_per_tick();
  }
  add_gauge(out, "process_start_time_seconds",
            "Start time of the process since unix epoch in seconds.", *started_);
}

void SelfCollector::add_limits(Families& out) const {
  const auto text = read_small_file(proc_ / "self" / "limits");
  if (!text) return;
  if (const auto files = parse_soft_limit(*text, "Max open files")) {
    add_gauge(out, "process_max_fds", "Maximum number of open file descriptors.",
              static_cast<double>(*files));
  }
  if (const auto space = parse_soft_limit(*text, "Max address space")) {
    add_gauge(out, "process_virtual_memory_max_bytes",
              "Maximum amount of virtual memory available in bytes.", static_cast<double>(*space));
  }
}

// The descriptor that reads the directory is counted too, as client libraries do.
void SelfCollector::add_open_files(Families& out) const {
  std::error_code code;
  std::size_t count = 0;
  std::filesystem::directory_iterator entry(proc_ / "self" / "fd", code);
  for (; !code && entry != std::filesystem::directory_iterator(); entry.increment(code)) ++count;
  if (code) return;
  add_gauge(out, "process_open_fds", "Number of open file descriptors.",
            static_cast<double>(count));
}

}  // namespace wayside
