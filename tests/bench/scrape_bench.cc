// What a page costs, by format and by how many series it has: a visit of the store and our
// encoder, as it is and compressed as Prometheus asks for it, beside prometheus-cpp's collect and
// serialise of the same data, and beside a bare loop that appends rendered labels and numbers.
#include <benchmark/benchmark.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <charconv>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "exporters/prometheus/format/gzip_stream.h"
#include "tests/bench/filled_store.h"

namespace wayside::bench {
namespace {

void report(benchmark::State& state, std::size_t page, std::size_t sent) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(page));
  state.counters["page_MB"] = static_cast<double>(page) / 1e6;
  state.counters["sent_MB"] = static_cast<double>(sent) / 1e6;
  state.counters["s_per_series"] =
      benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void wayside_page(benchmark::State& state, Kind kind, MetricsFormat format) {
  const FilledStore filled(state.range(0), kind);
  const Exposition exposition(filled.store());
  (void)page_text(exposition, format);  // the first one renders what the later ones find
  std::size_t bytes = 0;
  for (auto _ : state) {
    bytes = 0;
    write_page(exposition, format, [&](std::string_view piece) {
      benchmark::DoNotOptimize(piece.data());
      bytes += piece.size();
      return true;
    });
  }
  report(state, bytes, bytes);
}

void wayside_gzip(benchmark::State& state, Kind kind, MetricsFormat format) {
  const FilledStore filled(state.range(0), kind);
  const Exposition exposition(filled.store());
  (void)page_text(exposition, format);  // the first one renders what the later ones find
  std::size_t bytes = 0;
  std::size_t sent = 0;
  for (auto _ : state) {
    bytes = sent = 0;
    GzipStream stream([&](std::string_view piece) {
      benchmark::DoNotOptimize(piece.data());
      sent += piece.size();
      return true;
    });
    write_page(exposition, format, [&](std::string_view piece) {
      bytes += piece.size();
      return stream.write(piece);
    });
    stream.finish();
  }
  report(state, bytes, sent);
}

std::map<std::string, std::string> label_map(std::int64_t i) {
  const auto values = values_of(i);
  std::map<std::string, std::string> labels;
  for (std::size_t n = 0; n < values.size(); ++n) labels[kScrapeLabels[n]] = values[n];
  return labels;
}

std::shared_ptr<prometheus::Registry> registry_of(std::int64_t series, Kind kind) {
  auto registry = std::make_shared<prometheus::Registry>();
  const auto family = [&](auto builder) -> auto& {
    return builder.Name(family_name(kind)).Labels({{"env", "prod"}}).Register(*registry);
  };
  if (kind == Kind::counter) {
    auto& counters = family(prometheus::BuildCounter());
    for (std::int64_t i = 0; i < series; ++i) {
      counters.Add(label_map(i)).Increment(static_cast<double>(count_of(i)));
    }
  } else if (kind == Kind::gauge) {
    auto& gauges = family(prometheus::BuildGauge());
    for (std::int64_t i = 0; i < series; ++i) gauges.Add(label_map(i)).Set(gauge_of(i));
  } else {
    auto& histograms = family(prometheus::BuildHistogram());
    for (std::int64_t i = 0; i < series; ++i) {
      auto& histogram = histograms.Add(label_map(i), kScrapeBounds);
      for (int n = 0; n < kObservations; ++n) histogram.Observe(seconds(observation(n)));
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
  report(state, bytes, bytes);
}

// Lines as the bare loop writes them: their texts up to the numbers, and those, of one type.
template <typename Number>
struct Lines {
  std::vector<std::string> starts;
  std::vector<Number> values;
  std::size_t most = 0;  // bytes
};

template <typename Number>
Lines<Number> lines_of(std::int64_t series, Kind kind) {
  const FilledStore filled(series, kind);
  const std::string page = page_text(filled.store(), MetricsFormat::text);
  Lines<Number> lines;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = page.find('\n', at);
    const std::size_t space = page.rfind(' ', end);
    Number value{};
    std::from_chars(page.data() + space + 1, page.data() + end, value);
    if (page[at] != '#') {
      lines.starts.push_back(page.substr(at, space + 1 - at));
      lines.values.push_back(value);
      lines.most += space - at + 32;
    }
    at = end + 1;
  }
  return lines;
}

template <typename Number>
void bare_loop_page(benchmark::State& state, Kind kind) {
  const auto lines = lines_of<Number>(state.range(0), kind);
  const auto page = std::make_unique<char[]>(lines.most);
  std::size_t bytes = 0;
  for (auto _ : state) {
    char* out = page.get();
    for (std::size_t i = 0; i < lines.starts.size(); ++i) {
      const std::string& start = lines.starts[i];
      std::memcpy(out, start.data(), start.size());
      out = std::to_chars(out + start.size(), page.get() + lines.most, lines.values[i]).ptr;
      *out++ = '\n';
    }
    benchmark::DoNotOptimize(page.get());
    bytes = static_cast<std::size_t>(out - page.get());
  }
  report(state, bytes, bytes);
}

const std::vector<std::int64_t> kManyCounters = {1'000, 10'000, 100'000, 1'000'000};
const std::vector<std::int64_t> kGauges = {100'000};
const std::vector<std::int64_t> kHistograms = {10'000};

template <typename Run>
void add(const std::string& name, const std::vector<std::int64_t>& sizes, const Run& run) {
  auto* const bench = benchmark::RegisterBenchmark(name.c_str(), run);
  for (const std::int64_t size : sizes) bench->Arg(size);
  bench->Unit(benchmark::kMicrosecond);
}

// A page in every format, and what it is beside.
template <typename Number>
void add_page(const std::string& name, Kind kind, const std::vector<std::int64_t>& sizes) {
  const auto add_format = [&](const std::string& format_name, MetricsFormat format) {
    add(name + "/wayside_" + format_name, sizes,
        [=](benchmark::State& state) { wayside_page(state, kind, format); });
    add(name + "/wayside_" + format_name + "_gzip", sizes,
        [=](benchmark::State& state) { wayside_gzip(state, kind, format); });
  };
  add_format("text", MetricsFormat::text);
  add_format("openmetrics", MetricsFormat::openmetrics);
  add_format("protobuf", MetricsFormat::protobuf);
  add(name + "/bare_loop_text", sizes,
      [=](benchmark::State& state) { bare_loop_page<Number>(state, kind); });
  add(name + "/prometheus_cpp_text", sizes,
      [=](benchmark::State& state) { prometheus_cpp_page(state, kind); });
}

}  // namespace
}  // namespace wayside::bench

int main(int argc, char** argv) {
  using namespace wayside;
  benchmark::Initialize(&argc, argv);
  bench::add_page<std::uint64_t>("counters", Kind::counter, bench::kManyCounters);
  bench::add_page<double>("gauges", Kind::gauge, bench::kGauges);
  bench::add_page<std::uint64_t>("histograms", Kind::histogram, bench::kHistograms);
  benchmark::RunSpecifiedBenchmarks();
}
