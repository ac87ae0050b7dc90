// What a page costs: a visit of the store and our encoder, beside prometheus-cpp's collect and
// serialise of the same data, and beside a bare loop that appends rendered labels and numbers.
#include <benchmark/benchmark.h>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <charconv>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "agent/store/exposition.h"
#include "agent/store/store.h"
#include "exporters/prometheus/format/text_encoder.h"

namespace wayside {
namespace {

const std::vector<std::string> kLabels = {"service_name", "http_request_method", "http_route",
                                          "http_response_status_code"};
const std::vector<double> kBounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10};
constexpr const char* kCounter = "http_server_requests_total";
constexpr const char* kHistogram = "http_server_request_duration_seconds";

std::vector<std::string> values_of(std::int64_t i) {
  return {"college-api", "GET", "/api/students/:id/marks/" + std::to_string(i), "200"};
}

std::uint64_t count_of(std::int64_t i) {
  return static_cast<std::uint64_t>(i) * 7919 % 1'000'003;
}

struct Filled {
  explicit Filled(std::int64_t series, Kind kind) {
    FamilyDesc desc;
    desc.name = kind == Kind::counter ? kCounter : kHistogram;
    desc.help = "What the benchmark counts.";
    desc.kind = kind;
    desc.labels = kLabels;
    if (kind == Kind::histogram) {
      desc.bounds = kBounds;
      desc.native = true;
    }
    desc.max_series = 1'000'000;
    const FamilyId id = store.declare(desc).value();
    const HistogramWriter durations = shard.histogram(id);
    for (std::int64_t i = 0; i < series; ++i) {
      const auto values = values_of(i);
      const std::vector<std::string_view> views(values.begin(), values.end());
      const SeriesRef ref = shard.series(id, views);
      if (kind == Kind::counter) {
        Shard::add(ref, count_of(i));
      } else {
        for (int n = 0; n < 20; ++n) durations.observe(ref, Micros{n * n * n * 1'500});
      }
    }
  }

  ManualClock clock;
  Store store{clock};
  Shard shard = store.shard().value();
};

void report(benchmark::State& state, std::size_t bytes) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
  state.counters["page_MB"] = static_cast<double>(bytes) / 1e6;
  state.counters["s_per_series"] =
      benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void wayside_page(benchmark::State& state, Kind kind) {
  const Filled filled(state.range(0), kind);
  const Exposition exposition(filled.store);
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    TextEncoder encoder(MetricsFormat::text, "env=\"prod\"", [&](std::string_view piece) {
      benchmark::DoNotOptimize(piece.data());
      bytes += piece.size();
      return true;
    });
    exposition.visit(encoder);
    encoder.finish();
  }
  report(state, bytes);
}

std::map<std::string, std::string> label_map(std::int64_t i) {
  const auto values = values_of(i);
  std::map<std::string, std::string> labels;
  for (std::size_t n = 0; n < values.size(); ++n) labels[kLabels[n]] = values[n];
  return labels;
}

std::shared_ptr<prometheus::Registry> registry_of(std::int64_t series, Kind kind) {
  auto registry = std::make_shared<prometheus::Registry>();
  const std::map<std::string, std::string> constant = {{"env", "prod"}};
  if (kind == Kind::counter) {
    auto& family = prometheus::BuildCounter().Name(kCounter).Labels(constant).Register(*registry);
    for (std::int64_t i = 0; i < series; ++i) {
      family.Add(label_map(i)).Increment(static_cast<double>(count_of(i)));
    }
  } else {
    auto& family =
        prometheus::BuildHistogram().Name(kHistogram).Labels(constant).Register(*registry);
    for (std::int64_t i = 0; i < series; ++i) {
      auto& histogram = family.Add(label_map(i), kBounds);
      for (int n = 0; n < 20; ++n) histogram.Observe(n * n * n * 0.0015);
    }
  }
  return registry;
}

void prometheus_cpp_page(benchmark::State& state, Kind kind) {
  const auto registry = registry_of(state.range(0), kind);
  const prometheus::TextSerializer serializer;
  std::size_t bytes = 0;
  for (auto _ : state) {
    const std::string page = serializer.Serialize(registry->Collect());
    benchmark::DoNotOptimize(page.data());
    bytes = page.size();
  }
  report(state, bytes);
}

// One line as the bare loop writes it: its text up to the number, and the number.
struct Line {
  std::string start;
  std::uint64_t value;
};

std::vector<Line> lines_of(std::int64_t series, Kind kind) {
  const Filled filled(series, kind);
  std::string page;
  TextEncoder encoder(MetricsFormat::text, "env=\"prod\"", [&](std::string_view piece) {
    page += piece;
    return true;
  });
  filled.store.visit(encoder);
  encoder.finish();
  std::vector<Line> lines;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = page.find('\n', at);
    const std::size_t space = page.rfind(' ', end);
    std::uint64_t value = 0;
    std::from_chars(page.data() + space + 1, page.data() + end, value);
    if (page[at] != '#') lines.push_back({page.substr(at, space + 1 - at), value});
    at = end + 1;
  }
  return lines;
}

void bare_loop_page(benchmark::State& state, Kind kind) {
  const auto lines = lines_of(state.range(0), kind);
  std::size_t size = 0;
  for (const Line& line : lines) size += line.start.size() + 21;
  const auto page = std::make_unique<char[]>(size);
  std::size_t bytes = 0;
  for (auto _ : state) {
    char* out = page.get();
    for (const Line& line : lines) {
      std::memcpy(out, line.start.data(), line.start.size());
      out = std::to_chars(out + line.start.size(), page.get() + size, line.value).ptr;
      *out++ = '\n';
    }
    benchmark::DoNotOptimize(page.get());
    bytes = static_cast<std::size_t>(out - page.get());
  }
  report(state, bytes);
}

void counters(benchmark::internal::Benchmark* bench) {
  bench->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMicrosecond);
}
void histograms(benchmark::internal::Benchmark* bench) {
  bench->Arg(10'000)->Unit(benchmark::kMicrosecond);
}

BENCHMARK_CAPTURE(wayside_page, counters, Kind::counter)->Apply(counters);
BENCHMARK_CAPTURE(bare_loop_page, counters, Kind::counter)->Apply(counters);
BENCHMARK_CAPTURE(prometheus_cpp_page, counters, Kind::counter)->Apply(counters);
BENCHMARK_CAPTURE(wayside_page, histograms, Kind::histogram)->Apply(histograms);
BENCHMARK_CAPTURE(bare_loop_page, histograms, Kind::histogram)->Apply(histograms);
BENCHMARK_CAPTURE(prometheus_cpp_page, histograms, Kind::histogram)->Apply(histograms);

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
