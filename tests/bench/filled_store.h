#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/time.h"
#include "agent/store/exposition.h"
#include "agent/store/store.h"
#include "exporters/prometheus/format/page_encoder.h"

namespace wayside::bench {

inline const std::vector<std::string> kScrapeLabels = {"service_name", "http_request_method",
                                                       "http_route", "http_response_status_code"};
inline const std::vector<double> kScrapeBounds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.3,
                                                  0.5,   1,    2.5,   5,    10};
inline constexpr std::string_view kConstantLabels = "env=\"prod\"";

inline std::vector<std::string> values_of(std::int64_t i) {
  return {"college-api", "GET", "/api/students/:id/marks/" + std::to_string(i), "200"};
}

// Of a counter; a gauge has it with digits behind the point.
inline std::uint64_t count_of(std::int64_t i) {
  return static_cast<std::uint64_t>(i) * 7919 % 1'000'003;
}
inline double gauge_of(std::int64_t i) {
  return static_cast<double>(count_of(i)) / 1'009;
}
// Of a histogram: the `n`th of kObservations.
inline constexpr int kObservations = 20;
inline Micros observation(int n) {
  return Micros{n * n * n * 1'500};
}

inline std::string family_name(Kind kind) {
  if (kind == Kind::histogram) return "http_server_request_duration_seconds";
  return kind == Kind::counter ? "http_server_requests_total" : "http_server_load";
}

// Gives the store one family of so many series, through the shard.
inline void fill_store(Store& store, Shard& shard, std::int64_t series, Kind kind) {
  FamilyDesc desc;
  desc.name = family_name(kind);
  desc.help = "What the benchmark counts.";
  desc.kind = kind;
  desc.labels = kScrapeLabels;
  if (kind == Kind::histogram) {
    desc.bounds = kScrapeBounds;
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
    } else if (kind == Kind::gauge) {
      Shard::set(ref, gauge_of(i));
    } else {
      for (int n = 0; n < kObservations; ++n) durations.observe(ref, observation(n));
    }
  }
}

// A store of its own with one family.
class FilledStore {
 public:
  FilledStore(std::int64_t series, Kind kind) { fill_store(store_, shard_, series, kind); }
  [[nodiscard]] const Store& store() const { return store_; }

 private:
  ManualClock clock_;
  Store store_{clock_};
  Shard shard_ = store_.shard().value();
};

// What a scrape of `source` gets, in pieces to `sink`.
template <typename Sink>
void write_page(const SampleSource& source, MetricsFormat format, Sink sink) {
  encode_page(source, selection_for(format), format, kConstantLabels, std::move(sink));
}

inline std::string page_text(const SampleSource& source, MetricsFormat format) {
  std::string page;
  write_page(source, format, [&](std::string_view piece) {
    page += piece;
    return true;
  });
  return page;
}

}  // namespace wayside::bench
