// What a scrape takes from recording: requests recorded by one thread while another scrapes the
// same store every 100 ms, compressed as Prometheus asks for it, beside the same recording with
// nobody scraping. Quiet and scraped spells take turns, so that both meet the same machine. The
// ratio by CPU leaves out what others on the machine took from the recording thread; by the wall
// it is only worth reading where a processor is free for the scrape.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "exporters/prometheus/format/gzip_stream.h"
#include "tests/bench/filled_store.h"
#include "tests/bench/recording.h"
#include "tests/bench/request_load.h"

namespace wayside::bench {
namespace {

using std::chrono::steady_clock;

constexpr auto kBetweenScrapes = std::chrono::milliseconds{100};
constexpr auto kSpell = std::chrono::milliseconds{200};
constexpr int kSpells = 25;  // of each kind

// Scrapes the store while it is told to.
class Scraper {
 public:
  explicit Scraper(const Store& store)
      : exposition_(store), thread_([this](const std::stop_token& stop) { run(stop); }) {}

  void scrape(bool on) { on_ = on; }
  [[nodiscard]] std::int64_t scrapes() const { return scrapes_; }

 private:
  void run(const std::stop_token& stop) {
    for (auto next = steady_clock::now(); !stop.stop_requested(); next += kBetweenScrapes) {
      std::this_thread::sleep_until(next);
      if (on_) scrape_once();
    }
  }
  void scrape_once() {
    GzipStream stream([](std::string_view piece) {
      benchmark::DoNotOptimize(piece.data());
      return true;
    });
    write_page(exposition_, MetricsFormat::openmetrics,
               [&](std::string_view piece) { return stream.write(piece); });
    stream.finish();
    ++scrapes_;
  }

  const Exposition exposition_;
  std::atomic<bool> on_ = false;
  std::atomic<std::int64_t> scrapes_ = 0;
  std::jthread thread_;  // last: it ends before what it uses
};

// What one spell recorded a second: of the wall's time, and of the recording thread's own.
struct Rate {
  double by_wall = 0;
  double by_cpu = 0;
};

double thread_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Rate record_for_a_spell(Recorder& recorder, const RequestLoad& load) {
  const auto start = steady_clock::now();
  const double cpu = thread_seconds();
  double requests = 0;
  while (steady_clock::now() - start < kSpell) {
    recorder.on(load.requests);
    requests += static_cast<double>(load.requests.size());
  }
  const std::chrono::duration<double> wall = steady_clock::now() - start;
  return {.by_wall = requests / wall.count(), .by_cpu = requests / (thread_seconds() - cpu)};
}

// Of all spells and pairs of spells the one in the middle counts: a neighbour's burst is not ours.
double middle(std::vector<double> values) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[values.size() / 2];
}

class Rates {
 public:
  void add(double quiet, double scraped) {
    quiet_.push_back(quiet);
    scraped_.push_back(scraped);
    ratios_.push_back(scraped / quiet);
  }
  void report(benchmark::State& state, const std::string& unit) const {
    state.counters["quiet_per_" + unit] = middle(quiet_);
    state.counters["scraped_per_" + unit] = middle(scraped_);
    state.counters["ratio_by_" + unit] = middle(ratios_);
  }

 private:
  std::vector<double> quiet_;
  std::vector<double> scraped_;
  std::vector<double> ratios_;
};

// With so many counters in the store beside what is recorded.
void record_while_scraped(benchmark::State& state) {
  Recording recording;
  Result<Shard> shard = recording.store().shard();
  if (recording.sink() == nullptr || !shard) return state.SkipWithError("no recorder");
  fill_store(recording.store(), *shard, state.range(0), Kind::counter);
  const RequestLoad load(kAllKinds, 0);
  Scraper scraper(recording.store());
  Rates by_wall;
  Rates by_cpu;
  record_for_a_spell(*recording.sink(), load);  // its series are born
  for (auto _ : state) {
    scraper.scrape(false);
    const Rate quiet = record_for_a_spell(*recording.sink(), load);
    scraper.scrape(true);
    const Rate scraped = record_for_a_spell(*recording.sink(), load);
    by_wall.add(quiet.by_wall, scraped.by_wall);
    by_cpu.add(quiet.by_cpu, scraped.by_cpu);
  }
  state.counters["scrapes"] = static_cast<double>(scraper.scrapes());
  by_wall.report(state, "wall_s");
  by_cpu.report(state, "cpu_s");
}

BENCHMARK(record_while_scraped)
    ->Arg(0)
    ->Arg(10'000)
    ->Arg(100'000)
    ->Iterations(kSpells)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wayside::bench

BENCHMARK_MAIN();
