// What recording one observation costs, beside prometheus-cpp.
#include <benchmark/benchmark.h>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <array>
#include <random>
#include <string_view>
#include <vector>

#include "agent/store/store.h"

namespace wayside {
namespace {

const std::vector<double> kBounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10};

// Durations spread over all buckets, so that no branch is guessed by habit.
const std::vector<Micros>& durations() {
  static const auto made = [] {
    std::mt19937_64 random(5);
    std::vector<Micros> all;
    for (int i = 0; i < 4096; ++i) all.emplace_back(static_cast<int>(random() >> (40 + i % 16)));
    return all;
  }();
  return made;
}

FamilyDesc family(Kind kind) {
  FamilyDesc desc;
  desc.name = "bench";
  desc.kind = kind;
  desc.labels = {"service_name", "http_request_method", "http_route", "http_response_status_code"};
  if (kind == Kind::histogram) desc.bounds = kBounds;
  return desc;
}

constexpr std::array<std::string_view, 4> kValues = {"college-api", "GET", "/api/students/:id",
                                                     "200"};

void wayside_add(benchmark::State& state) {
  const ManualClock clock;
  Store store(clock);
  Shard shard = store.shard().value();
  const SeriesRef series = shard.series(store.declare(family(Kind::counter)).value(), kValues);
  for (auto _ : state) {
    Shard::add(series);
    benchmark::ClobberMemory();
  }
}

void prometheus_cpp_increment(benchmark::State& state) {
  prometheus::Counter counter;
  for (auto _ : state) {
    counter.Increment();
    benchmark::ClobberMemory();
  }
}

void wayside_cell_of(benchmark::State& state) {
  const Buckets buckets(bounds_in_micros(kBounds), true);
  const Micros* values = durations().data();
  std::size_t i = 0;
  for (auto _ : state) {
    const auto value = static_cast<std::uint64_t>(values[i++ & 4095].count());
    benchmark::DoNotOptimize(buckets.cell_of(value));
  }
}

void wayside_observe(benchmark::State& state, bool native) {
  const ManualClock clock;
  Store store(clock);
  Shard shard = store.shard().value();
  FamilyDesc desc = family(Kind::histogram);
  desc.native = native;
  const FamilyId id = store.declare(desc).value();
  const SeriesRef series = shard.series(id, kValues);
  const HistogramWriter durations_of = shard.histogram(id);
  const Micros* values = durations().data();
  std::size_t i = 0;
  for (auto _ : state) {
    durations_of.observe(series, values[i++ & 4095]);
    benchmark::ClobberMemory();
  }
}

void prometheus_cpp_observe(benchmark::State& state) {
  prometheus::Histogram histogram(kBounds);
  const Micros* values = durations().data();
  std::size_t i = 0;
  for (auto _ : state) {
    histogram.Observe(seconds(values[i++ & 4095]));
    benchmark::ClobberMemory();
  }
}

void wayside_series_found(benchmark::State& state) {
  const ManualClock clock;
  Store store(clock);
  Shard shard = store.shard().value();
  const FamilyId id = store.declare(family(Kind::counter)).value();
  for (auto _ : state) benchmark::DoNotOptimize(shard.series(id, kValues));
}

BENCHMARK(wayside_add);
BENCHMARK(prometheus_cpp_increment);
BENCHMARK(wayside_cell_of);
BENCHMARK_CAPTURE(wayside_observe, classic, false);
BENCHMARK_CAPTURE(wayside_observe, native, true);
BENCHMARK(prometheus_cpp_observe);
BENCHMARK(wayside_series_found);

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
