// What one look at the host costs: its parts read from the kernel, made into families and rendered
// for scrapes, as every `interval`; the look between, for the facts of slow requests, as every
// second; and beside both, reading the same files with nothing made of them.
#include <benchmark/benchmark.h>

#include <vector>

#include "agent/store/rendered.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/collector.h"
#include "collectors/host/config.h"

namespace wayside::bench {
namespace {

struct ThisHost {
  SystemClock clock;
  Environment environment{.clock = &clock};
  HostConfig config;
  Facts facts;
  HostCollector collector{HostContext{environment, config}, facts};
};

std::size_t count(const FamilyList& families) {
  std::size_t samples = 0;
  for (const auto& family : families) samples += family.metric.size();
  return samples;
}

void poll(benchmark::State& state) {
  ThisHost host;
  std::size_t samples = 0;
  for (auto _ : state) {
    FamilyList families;
    benchmark::DoNotOptimize(host.collector.poll({}, families));
    samples = count(families);
  }
  state.counters["samples"] = static_cast<double>(samples);
}

void poll_and_render(benchmark::State& state) {
  ThisHost host;
  for (auto _ : state) {
    FamilyList families;
    benchmark::DoNotOptimize(host.collector.poll({}, families));
    benchmark::DoNotOptimize(render(families, {}));
  }
}

void sample(benchmark::State& state) {
  ThisHost host;
  for (auto _ : state) host.collector.sample();
}

void read_files(benchmark::State& state, const std::vector<const char*>& paths) {
  std::vector<KernelFile> files;
  for (const char* path : paths) files.emplace_back(path);
  for (auto _ : state) {
    for (KernelFile& file : files) benchmark::DoNotOptimize(file.read());
  }
}

BENCHMARK(poll);
BENCHMARK(poll_and_render);
BENCHMARK_CAPTURE(read_files, of_a_poll,
                  {"/proc/net/arp",
                   "/proc/sys/net/netfilter/nf_conntrack_count",
                   "/proc/sys/net/netfilter/nf_conntrack_max",
                   "/proc/net/stat/nf_conntrack",
                   "/proc/stat",
                   "/proc/sys/kernel/random/entropy_avail",
                   "/proc/sys/kernel/random/poolsize",
                   "/proc/sys/fs/file-nr",
                   "/proc/loadavg",
                   "/proc/meminfo",
                   "/proc/net/dev",
                   "/proc/net/netstat",
                   "/proc/net/snmp",
                   "/proc/net/snmp6",
                   "/proc/pressure/cpu",
                   "/proc/pressure/io",
                   "/proc/pressure/memory",
                   "/proc/schedstat",
                   "/proc/net/sockstat",
                   "/proc/net/sockstat6",
                   "/proc/net/softnet_stat",
                   "/proc/stat",
                   "/proc/net/udp",
                   "/proc/net/udp6",
                   "/proc/vmstat"});
BENCHMARK(sample);
BENCHMARK_CAPTURE(read_files, of_a_sample,
                  {"/proc/stat", "/proc/loadavg", "/proc/meminfo", "/proc/pressure/cpu",
                   "/proc/pressure/memory", "/proc/pressure/io"});

}  // namespace
}  // namespace wayside::bench

BENCHMARK_MAIN();
