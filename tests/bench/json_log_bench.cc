// Reading nginx's JSON lines, side by side: a bare loop that knows the order of the keys, simdjson
// on demand with and without aggregation, and the parser, alone and with a recorder behind it.
#include <benchmark/benchmark.h>

#include <cstring>

#include "collectors/access_log/format/json_parser.h"
#include "collectors/access_log/format/scan.h"
#include "tests/bench/json_bare_loops.h"
#include "tests/bench/json_log_lines.h"
#include "tests/bench/memory_log.h"
#include "tests/bench/recording.h"

namespace wayside::bench {
namespace {

MemoryLog& log() {
  static MemoryLog log(JsonLogLines().block(kLogBytes));
  return log;
}

void report(benchmark::State& state, std::uint64_t lines) {
  state.SetItemsProcessed(static_cast<std::int64_t>(lines));
  state.SetBytesProcessed(static_cast<std::int64_t>(log().size() * state.iterations()));
  state.counters["cpu_per_line"] = benchmark::Counter(
      static_cast<double>(lines), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <typename Loop>
void run_loop(benchmark::State& state, Loop loop) {
  std::uint64_t lines = 0;
  for (auto _ : state) {
    log().each_block([&](std::string_view block) { lines += loop.run(block); });
  }
  if (loop.counted() != lines) state.SkipWithError("the loop lost lines");
  report(state, lines);
}

void bare_loop(benchmark::State& state) {
  run_loop(state, BareJsonLoop());
}

void simdjson_fields(benchmark::State& state) {
  run_loop(state, SimdjsonLoop(false));
}

void simdjson_and_aggregation(benchmark::State& state) {
  run_loop(state, SimdjsonLoop(true));
}

class CountingSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override {
    benchmark::DoNotOptimize(batch.data());
    requests += batch.size();
  }
  std::uint64_t requests = 0;
};

void parse_all(benchmark::State& state, JsonWays ways, RequestSink& sink) {
  JsonParser parser(std::make_shared<const JsonKeys>(FormatOptions{}), {}, ways);
  ParseCounts counts;
  for (auto _ : state) {
    log().each_block([&](std::string_view block) { parser.parse(block, sink, counts); });
  }
  if (parser.requests_of(JsonDialect::nginx) != counts.lines) {
    state.SkipWithError("the parser lost lines");
  }
  report(state, counts.lines);
}

void parser_alone(benchmark::State& state) {
  CountingSink sink;
  parse_all(state, JsonWays::shapes_first, sink);
}

void parser_without_avx2(benchmark::State& state) {
  CountingSink sink;
  parse_all(state, JsonWays::portable_shapes, sink);
}

// What a line costs whose keys come in an order of their own.
void parser_without_shapes(benchmark::State& state) {
  CountingSink sink;
  parse_all(state, JsonWays::walk_only, sink);
}

// `native`: with the native histograms, which the loops beside it do not keep.
void parser_and_recorder(benchmark::State& state, bool native) {
  Recording recording(native);
  if (recording.sink() == nullptr) {
    state.SkipWithError("no recorder");
    return;
  }
  parse_all(state, JsonWays::shapes_first, *recording.sink());
}

BENCHMARK(bare_loop)->Unit(benchmark::kMillisecond);
BENCHMARK(simdjson_fields)->Unit(benchmark::kMillisecond);
BENCHMARK(simdjson_and_aggregation)->Unit(benchmark::kMillisecond);
BENCHMARK(parser_alone)->Unit(benchmark::kMillisecond);
BENCHMARK(parser_without_avx2)->Unit(benchmark::kMillisecond);
BENCHMARK(parser_without_shapes)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parser_and_recorder, classic, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(parser_and_recorder, native, true)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wayside::bench

BENCHMARK_MAIN();
