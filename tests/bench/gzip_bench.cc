// What it costs to compress a page: our stream beside zlib's and libdeflate's fastest levels, on
// the same pages in the same pieces of 64 KiB, and beside the checksum that each of them needs.
#include <benchmark/benchmark.h>
#include <libdeflate.h>
#include <zlib.h>

#include <memory>
#include <string>
#include <vector>

#include "exporters/prometheus/format/gzip_stream.h"
#include "tests/bench/filled_store.h"

namespace wayside::bench {
namespace {

constexpr std::size_t kPiece = 65'536;
constexpr std::int64_t kCounters = 100'000;
constexpr std::int64_t kHistograms = 10'000;

struct PageKind {
  Kind kind;
  std::int64_t series;
  MetricsFormat format;
};
constexpr PageKind kCounterText = {Kind::counter, kCounters, MetricsFormat::text};
constexpr PageKind kGaugeText = {Kind::gauge, kCounters, MetricsFormat::text};
constexpr PageKind kHistogramText = {Kind::histogram, kHistograms, MetricsFormat::text};
constexpr PageKind kHistogramOpenMetrics = {Kind::histogram, kHistograms,
                                            MetricsFormat::openmetrics};
constexpr PageKind kCounterProtobuf = {Kind::counter, kCounters, MetricsFormat::protobuf};
constexpr PageKind kHistogramProtobuf = {Kind::histogram, kHistograms, MetricsFormat::protobuf};

std::string page_of(const PageKind& page) {
  const FilledStore filled(page.series, page.kind);
  return page_text(Exposition(filled.store()), page.format);
}

void report(benchmark::State& state, const PageKind& page, std::size_t in, std::size_t out) {
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(in));
  state.counters["page_MB"] = static_cast<double>(in) / 1e6;
  state.counters["gzip_MB"] = static_cast<double>(out) / 1e6;
  state.counters["s_per_series"] =
      benchmark::Counter(static_cast<double>(state.iterations() * page.series),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <typename Use>
void each_piece(std::string_view page, const Use& use) {
  for (; !page.empty(); page.remove_prefix(std::min(kPiece, page.size()))) {
    use(page.substr(0, kPiece));
  }
}

void wayside(benchmark::State& state, const PageKind& kind) {
  const std::string page = page_of(kind);
  std::size_t out = 0;
  for (auto _ : state) {
    out = 0;
    GzipStream stream([&](std::string_view piece) {
      benchmark::DoNotOptimize(piece.data());
      out += piece.size();
      return true;
    });
    each_piece(page, [&](std::string_view piece) { stream.write(piece); });
    stream.finish();
  }
  report(state, kind, page.size(), out);
}

void zlib_level_1(benchmark::State& state, const PageKind& kind) {
  std::string page = page_of(kind);
  std::vector<Bytef> out(page.size() + kPiece);
  uLong size = 0;
  for (auto _ : state) {
    z_stream stream{};
    ::deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    each_piece(page, [&](std::string_view piece) {
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
      stream.avail_in = static_cast<uInt>(piece.size());
      ::deflate(&stream, Z_NO_FLUSH);
    });
    ::deflate(&stream, Z_FINISH);
    size = stream.total_out;
    ::deflateEnd(&stream);
  }
  report(state, kind, page.size(), size);
}

// It has no streams: each piece is a member, which a scrape could not be.
void libdeflate_level_1(benchmark::State& state, const PageKind& kind) {
  const std::string page = page_of(kind);
  std::vector<char> out(2 * kPiece);
  std::size_t size = 0;
  for (auto _ : state) {
    size = 0;
    libdeflate_compressor* const compressor = ::libdeflate_alloc_compressor(1);
    each_piece(page, [&](std::string_view piece) {
      size += ::libdeflate_gzip_compress(compressor, piece.data(), piece.size(), out.data(),
                                         out.size());
    });
    ::libdeflate_free_compressor(compressor);
  }
  report(state, kind, page.size(), size);
}

void checksum_alone(benchmark::State& state, const PageKind& kind) {
  const std::string page = page_of(kind);
  for (auto _ : state) {
    std::uint32_t crc = 0;
    each_piece(page, [&](std::string_view piece) {
      crc = ::libdeflate_crc32(crc, piece.data(), piece.size());
    });
    benchmark::DoNotOptimize(crc);
  }
  report(state, kind, page.size(), page.size());
}

void each(const std::string& name, const PageKind& kind) {
  using Run = void (*)(benchmark::State&, const PageKind&);
  const auto add = [&](const char* what, Run run) {
    benchmark::RegisterBenchmark((name + "/" + what).c_str(), [run, kind](benchmark::State& state) {
      run(state, kind);
    })->Unit(benchmark::kMicrosecond);
  };
  add("wayside", wayside);
  add("zlib_level_1", zlib_level_1);
  add("libdeflate_level_1", libdeflate_level_1);
  add("checksum_alone", checksum_alone);
}

}  // namespace
}  // namespace wayside::bench

int main(int argc, char** argv) {
  using namespace wayside::bench;
  benchmark::Initialize(&argc, argv);
  each("counters", kCounterText);
  each("gauges", kGaugeText);
  each("histograms", kHistogramText);
  each("openmetrics_histograms", kHistogramOpenMetrics);
  each("protobuf_counters", kCounterProtobuf);
  each("protobuf_histograms", kHistogramProtobuf);
  benchmark::RunSpecifiedBenchmarks();
}
