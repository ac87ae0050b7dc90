// Parsing the text formats of other programs than nginx, each beside finding the newlines of the
// same lines alone.
#include <benchmark/benchmark.h>

#include <cstring>
#include <string>
#include <string_view>

#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/format/scan.h"

namespace wayside::bench {
namespace {

constexpr std::size_t kLines = 20'000;

// "%P" in a line is a path with an id, "%S" the second of a minute, "%M" a number below 1000.
struct Sample {
  const char* name;
  const char* format;
  const char* line;
};

constexpr Sample kSamples[] = {
    {"apache", R"x(%h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i" %D)x",
     R"x(203.0.113.7 - - [23/Nov/2026:22:31:%S +0000] "GET %P HTTP/1.1" 200 5%M "-" )x"
     R"x("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/119.0" 12%M)x"},
    {"haproxy", "haproxy",
     R"x(203.0.113.7:33317 [23/Nov/2026:22:31:%S.%M] http-in~ static/srv1 1/0/3/%M/%M 200 5%M - - )x"
     R"x(---- 12/11/5/3/0 0/0 "GET %P HTTP/1.1")x"},
    {"gunicorn", R"x(%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s)x",
     R"x(127.0.0.1 - - [23/Nov/2026:22:31:%S +0000] "GET %P HTTP/1.1" 200 5%M "-" "okhttp" 12%M)x"},
    {"uvicorn", "uvicorn", R"x(INFO:     127.0.0.1:52102 - "GET %P HTTP/1.1" 200 OK)x"},
    {"morgan_dev", "morgan:dev", "GET %P 200 3.%M ms - 1%M"},
    {"morgan_dev_coloured", "morgan:dev", "\x1b[0mGET %P \x1b[32m200\x1b[0m 3.%M ms - 1%M\x1b[0m"},
};

std::string written(std::string line, std::size_t i) {
  const auto fill = [&line](std::string_view what, const std::string& by) {
    for (auto at = line.find(what); at != std::string::npos; at = line.find(what)) {
      line.replace(at, what.size(), by);
    }
  };
  fill("%P", "/api/students/" + std::to_string(i * 7919 % 100'000) + "/details?page=3");
  fill("%S", std::to_string(10 + i / 1'000 % 50));
  fill("%M", std::to_string(100 + i * 37 % 900));
  return line;
}

std::string block_of(const Sample& sample) {
  std::string block;
  for (std::size_t i = 0; i < kLines; ++i) block += written(sample.line, i) + "\n";
  block.resize(block.size() + kReadableAfterBlock);
  return block;
}

class NullSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override { benchmark::DoNotOptimize(batch.data()); }
};

void parse(benchmark::State& state, const Sample& sample) {
  const std::string block = block_of(sample);
  const std::string_view lines(block.data(), block.size() - kReadableAfterBlock);
  const auto format = named_format(sample.format, {});
  if (!format) return state.SkipWithError(format.error().message.c_str());
  const auto parser = (*format)->parser();
  NullSink sink;
  ParseCounts counts;
  for (auto _ : state) parser->parse(lines, sink, counts);
  for (const std::uint64_t problems : counts.problems) {
    if (problems != 0) state.SkipWithError("the parser refused lines");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(counts.lines));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * lines.size()));
}

void newlines(benchmark::State& state, const Sample& sample) {
  const std::string block = block_of(sample);
  std::size_t lines = 0;
  for (auto _ : state) {
    const char* p = block.data();
    const char* const end = p + block.size() - kReadableAfterBlock;
    for (; p < end; ++lines) {
      p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p))) + 1;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(lines));
}

void add_all() {
  for (const Sample& sample : kSamples) {
    const std::string name = sample.name;
    benchmark::RegisterBenchmark((name + "/newlines").c_str(), newlines, sample);
    benchmark::RegisterBenchmark((name + "/parser").c_str(), parse, sample);
  }
}

}  // namespace
}  // namespace wayside::bench

int main(int argc, char** argv) {
  wayside::bench::add_all();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
