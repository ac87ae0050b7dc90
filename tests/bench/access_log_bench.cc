// Reading an nginx access log, side by side: finding newlines, a bare loop, the parser alone, and
// the parser with a recorder behind it.
#include <benchmark/benchmark.h>

#include <cstring>

#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/format/scan.h"
#include "tests/bench/bare_loop.h"
#include "tests/bench/log_lines.h"
#include "tests/bench/memory_log.h"
#include "tests/bench/recording.h"

namespace wayside::bench {
namespace {

MemoryLog& log() {
  static MemoryLog log(LogLines().block(kLogBytes));
  return log;
}

void report(benchmark::State& state, std::uint64_t lines) {
  state.SetItemsProcessed(static_cast<std::int64_t>(lines));
  state.SetBytesProcessed(static_cast<std::int64_t>(log().size() * state.iterations()));
  state.counters["cpu_per_line"] = benchmark::Counter(
      static_cast<double>(lines), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void copy_only(benchmark::State& state) {
  std::uint64_t lines = 0;
  for (auto _ : state) {
    log().each_block([&lines](std::string_view block) {
      benchmark::DoNotOptimize(block.data());
      ++lines;
    });
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(log().size() * state.iterations()));
}

void newlines_by_memchr(benchmark::State& state) {
  std::uint64_t lines = 0;
  for (auto _ : state) {
    log().each_block([&lines](std::string_view block) {
      const char* p = block.data();
      const char* const end = p + block.size();
      while (p < end) {
        p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p))) + 1;
        ++lines;
      }
    });
  }
  report(state, lines);
}

void bare_loop(benchmark::State& state) {
  BareLoop loop;
  std::uint64_t lines = 0;
  for (auto _ : state) {
    log().each_block([&](std::string_view block) { lines += loop.run(block); });
  }
  if (loop.counted() != lines) state.SkipWithError("the bare loop lost lines");
  report(state, lines);
}

class CountingSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override {
    benchmark::DoNotOptimize(batch.data());
    requests += batch.size();
  }
  std::uint64_t requests = 0;
};

void parse_all(benchmark::State& state, std::string_view format, RequestSink& sink) {
  auto compiled = compile_log_format(format);
  AccessLogParser parser(std::make_shared<const LogFormat>(std::move(*compiled)));
  ParseCounts counts;
  for (auto _ : state) {
    log().each_block([&](std::string_view block) { parser.parse(block, sink, counts); });
  }
  for (const std::uint64_t problems : counts.problems) {
    if (problems != 0) state.SkipWithError("the parser refused lines");
  }
  report(state, counts.lines);
}

void parser_alone(benchmark::State& state) {
  CountingSink sink;
  parse_all(state, kBenchFormat, sink);
}

// `native`: with the native histograms, which the loops beside it do not keep.
void parser_and_recorder(benchmark::State& state, bool native) {
  Recording recording(native);
  if (recording.sink() == nullptr) {
    state.SkipWithError("no recorder");
    return;
  }
  parse_all(state, kBenchFormat, *recording.sink());
}

BENCHMARK(copy_only)->Unit(benchmark::kMillisecond);
BENCHMARK(newlines_by_memchr)->Unit(benchmark::kMillisecond);
BENCHMARK(bare_loop)->Unit(benchmark::kMillisecond);
BENCHMARK(parser_alone)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parser_and_recorder, classic, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parser_and_recorder, native, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wayside::bench

BENCHMARK_MAIN();
