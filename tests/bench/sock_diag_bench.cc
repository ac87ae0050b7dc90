#include <benchmark/benchmark.h>

#include <cstdio>

#include "agent/system/kernel_file.h"
#include "collectors/processes/sockets/socket_tables.h"
#include "tests/collectors/processes/sockets/peers.h"

// One look at the sockets of a service with 1,000 connections, beside reading /proc/net/tcp, where
// every socket of the machine is a line of text.
namespace wayside {
namespace {

// 1,000 connections to one port, with both ends in this process, and one that waits.
struct Crowd {
  TestListener listener = listen_on_loopback(1'024);
  std::vector<FileDescriptor> ends;

  Crowd() {
    for (int i = 0; i < 1'000; ++i) {
      ends.push_back(listener.client());
      ends.push_back(listener.accept());
      if (ends.back()) continue;
      std::fputs("sock_diag_bench: cannot connect to itself 1,000 times\n", stderr);
      return;
    }
    ends.push_back(listener.client());
  }
};

Crowd& crowd() {
  static Crowd made;
  return made;
}

void SampleBacklogs(benchmark::State& state) {
  crowd();
  SocketTables tables;
  std::vector<BacklogNow> backlogs;
  for (auto _ : state) {
    if (!tables.backlogs({}, backlogs)) state.SkipWithError("sock_diag does not answer");
    benchmark::DoNotOptimize(backlogs.data());
  }
  state.counters["listeners"] = static_cast<double>(backlogs.size());
}
BENCHMARK(SampleBacklogs)->Unit(benchmark::kMicrosecond);

void CountConnections(benchmark::State& state) {
  const std::vector<std::uint16_t> ports = {crowd().listener.port()};
  SocketTables tables;
  std::size_t count = 0;
  for (auto _ : state) {
    count = 0;
    if (!tables.connections(ports, [&](const InetSocket&) { ++count; })) {
      state.SkipWithError("sock_diag does not answer");
    }
  }
  state.counters["connections"] = static_cast<double>(count);
}
BENCHMARK(CountConnections)->Unit(benchmark::kMicrosecond);

// Reading alone, without parsing a line.
void ReadProcNetTcp(benchmark::State& state) {
  crowd();
  KernelFile inet("/proc/net/tcp");
  KernelFile inet6("/proc/net/tcp6");
  for (auto _ : state) {
    for (KernelFile* file : {&inet, &inet6}) {
      const auto text = file->read();
      if (text) benchmark::DoNotOptimize(text->data());
    }
  }
}
BENCHMARK(ReadProcNetTcp)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
