// Taking a container engine's wrapper from around the lines of an access log, beside parsing what
// is in it: the first should cost less.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <string_view>

#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/source/syslog_header.h"
#include "collectors/access_log/source/wrapped_lines.h"
#include "tests/bench/log_lines.h"

namespace wayside::bench {
namespace {

constexpr std::size_t kBlock = std::size_t{192} << 10U;

class CountingSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override { benchmark::DoNotOptimize(batch.data()); }
};

class ParsingSink final : public LineSink {
 public:
  explicit ParsingSink(std::uint64_t& lines)
      : lines_(lines),
        parser_(std::make_shared<const LogFormat>(*compile_log_format(kBenchFormat))) {}
  void head(std::string_view) override {}
  void lines(std::string_view block) override {
    ParseCounts counts;
    parser_.parse(block, requests_, counts);
    lines_ += counts.lines - counts.problems[0];
  }
  void line_too_long() override {}

 private:
  std::uint64_t& lines_;
  CountingSink requests_;
  AccessLogParser parser_;
};

class IgnoringSink final : public LineSink {
 public:
  void head(std::string_view) override {}
  void lines(std::string_view block) override { benchmark::DoNotOptimize(block.data()); }
  void line_too_long() override {}
};

std::string docker(std::string_view line) {
  std::string out = R"({"log":")";
  for (const char c : line) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '&') {
      out += "\\u0026";
    } else {
      out += c;
    }
  }
  return out + R"(\n","stream":"stdout","time":"2026-11-23T22:31:31.123456789Z"})" + "\n";
}

std::string cri(std::string_view line) {
  return "2026-11-23T22:31:31.123456789Z stdout F " + std::string(line) + "\n";
}

struct Block {
  std::string text;
  std::size_t size = 0;
  std::uint64_t lines = 0;
  [[nodiscard]] std::string_view view() const { return std::string_view(text).substr(0, size); }
};

Block block_of(std::string (*wrap)(std::string_view)) {
  Block block;
  LogLines source;
  while (block.text.size() < kBlock) {
    std::string line;
    source.append(line);
    line.pop_back();
    block.text += wrap(line);
    ++block.lines;
  }
  block.size = block.text.size();
  block.text.append(kBlockPadding, '\0');
  return block;
}

void report(benchmark::State& state, const Block& block) {
  const auto lines = block.lines * static_cast<std::uint64_t>(state.iterations());
  state.SetItemsProcessed(static_cast<std::int64_t>(lines));
  state.counters["cpu_per_line"] = benchmark::Counter(
      static_cast<double>(lines), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void unwrap(benchmark::State& state, std::string (*wrap)(std::string_view), Wrapper wrapper) {
  const Block block = block_of(wrap);
  WrappedLines lines(std::make_unique<IgnoringSink>(), wrapper);
  for (auto _ : state) lines.lines(block.view());
  report(state, block);
}

void parse(benchmark::State& state, std::string (*wrap)(std::string_view), Wrapper wrapper) {
  const Block block = block_of(wrap);
  std::uint64_t parsed = 0;
  WrappedLines lines(std::make_unique<ParsingSink>(parsed), wrapper);
  for (auto _ : state) lines.lines(block.view());
  if (parsed != block.lines * static_cast<std::uint64_t>(state.iterations())) {
    state.SkipWithError("lines were lost");
  }
  report(state, block);
}

std::string plain(std::string_view line) {
  return std::string(line) + "\n";
}

void syslog_header(benchmark::State& state) {
  const std::string datagram =
      "<190>Nov 23 22:31:31 web-1 nginx: 10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET / ";
  for (auto _ : state) benchmark::DoNotOptimize(read_syslog(datagram));
}

BENCHMARK_CAPTURE(parse, plain, plain, Wrapper::none);
BENCHMARK_CAPTURE(unwrap, docker, docker, Wrapper::docker);
BENCHMARK_CAPTURE(unwrap, cri, cri, Wrapper::cri);
BENCHMARK_CAPTURE(parse, docker, docker, Wrapper::docker);
BENCHMARK_CAPTURE(parse, cri, cri, Wrapper::cri);
BENCHMARK(syslog_header);

}  // namespace
}  // namespace wayside::bench

BENCHMARK_MAIN();
