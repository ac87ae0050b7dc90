// Pages of protobuf as Google's own parser reads them.
#include "exporters/prometheus/format/protobuf_encoder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <string>
#include <tuple>

#include "agent/store/exposition.h"
#include "agent/store/store.h"
#include "tests/exporters/prometheus/protobuf_page.h"

namespace wayside {
namespace {

namespace client = io::prometheus::client;
using Families = std::vector<client::MetricFamily>;
using Values = std::vector<std::string_view>;

constexpr Selection kAll{.native = true, .exemplars = true, .proto_texts = true};
constexpr std::string_view kTrace = "0af7651916cd43dd8448eb211c80319c";

class ProtobufEncoderTest : public testing::Test {
 protected:
  FamilyId declared(Kind kind, std::string name, std::uint32_t most = 2000) {
    FamilyDesc desc;
    desc.name = std::move(name);
    desc.help = "Help \"it\".";
    desc.kind = kind;
    desc.labels = {"route", "env"};
    desc.max_series = most;
    if (kind == Kind::histogram) {
      desc.bounds = {0.1, 1};
      desc.native = true;
      desc.unit = "seconds";
    }
    return store_.declare(desc).value();
  }
  std::string page(const Selection& selection = kAll, const std::string& constant = {}) const {
    std::string bytes;
    ProtobufEncoder encoder(constant, [&bytes](std::string_view piece) {
      bytes += piece;
      return true;
    });
    store_.visit(selection, encoder);
    encoder.finish();
    return bytes;
  }
  // The first family of this name, which must be whole.
  client::MetricFamily family(const std::string& name, const Selection& selection = kAll,
                              const std::string& constant = {}) const {
    const auto families = read_protobuf_page(page(selection, constant));
    EXPECT_TRUE(families);
    for (const auto& family : families.value_or(Families{})) {
      if (family.name() == name) return family;
    }
    ADD_FAILURE() << "no family " << name;
    return {};
  }

  ManualClock clock_{WallTime{std::chrono::microseconds{1'700'000'000'123'456}}};
  Store store_{clock_};
  Shard shard_ = store_.shard().value();
};

TEST_F(ProtobufEncoderTest, ACounterHasItsValueItsLabelsAndWhenItWasBorn) {
  const FamilyId id = declared(Kind::counter, "lines_total");
  Shard::add(shard_.series(id, Values{"/\"a\"\n\\", ""}), 7);
  const auto got = family("lines_total");
  EXPECT_EQ(got.help(), "Help \"it\".");
  EXPECT_EQ(got.type(), client::COUNTER);
  ASSERT_EQ(got.metric_size(), 1);
  const auto& metric = got.metric(0);
  ASSERT_EQ(metric.label_size(), 1);
  EXPECT_EQ(metric.label(0).name(), "route");
  EXPECT_EQ(metric.label(0).value(), "/\"a\"\n\\");
  EXPECT_EQ(metric.counter().value(), 7);
  EXPECT_EQ(metric.counter().created_timestamp().seconds(), 1'700'000'000);
  EXPECT_EQ(metric.counter().created_timestamp().nanos(), 123'456'000);
}

TEST_F(ProtobufEncoderTest, TheUnitIsToldWhereItEndsTheName) {
  const std::tuple<Kind, std::string, std::string, std::string> cases[] = {
      {Kind::counter, "cpu_seconds_total", "seconds", "seconds"},
      {Kind::counter, "cpu_seconds", "seconds", "seconds"},
      {Kind::gauge, "age_seconds", "seconds", "seconds"},
      {Kind::gauge, "age_seconds_total", "seconds", ""},
      {Kind::gauge, "seconds", "seconds", ""},
      {Kind::gauge, "ageseconds", "seconds", ""},
      {Kind::gauge, "lag_milliseconds", "seconds", ""},
      {Kind::gauge, "lag_bytes", "\xFF", ""}};
  for (const auto& [kind, name, unit, told] : cases) {
    FamilyDesc desc;
    desc.name = name;
    desc.unit = unit;
    desc.kind = kind;
    const SeriesRef series = shard_.series(store_.declare(desc).value(), {});
    kind == Kind::counter ? Shard::add(series) : Shard::set(series, 1);
    EXPECT_EQ(family(name).unit(), told) << name;
  }
}

TEST_F(ProtobufEncoderTest, GaugesAndWhatHasNoKindHaveTheirValues) {
  Shard::set(shard_.series(declared(Kind::gauge, "g"), Values{"/", ""}), -1.5);
  Shard::set(shard_.series(declared(Kind::unknown, "u"), Values{"/", ""}), NAN);
  EXPECT_EQ(family("g").type(), client::GAUGE);
  EXPECT_EQ(family("g").metric(0).gauge().value(), -1.5);
  EXPECT_EQ(family("u").type(), client::UNTYPED);
  EXPECT_TRUE(std::isnan(family("u").metric(0).untyped().value()));
}

TEST_F(ProtobufEncoderTest, ConstantLabelsFollowAndTheFamilysOwnStand) {
  Shard::add(shard_.series(declared(Kind::counter, "c_total"), Values{"/", ""}));
  const auto got = family("c_total", kAll, R"(env="prod",zone="a\"b")");
  ASSERT_EQ(got.metric(0).label_size(), 2);
  EXPECT_EQ(got.metric(0).label(0).value(), "/");
  EXPECT_EQ(got.metric(0).label(1).name(), "zone");
  EXPECT_EQ(got.metric(0).label(1).value(), "a\"b");
}

TEST_F(ProtobufEncoderTest, LabelsThatNobodyRenderedAsPairsAreTheSame) {
  Shard::add(shard_.series(declared(Kind::counter, "c_total"), Values{"/\"", "x"}));
  EXPECT_EQ(page({.native = true, .exemplars = true}), page());
}

TEST_F(ProtobufEncoderTest, AHistogramHasClassicAndNativeBucketsOfOneCount) {
  const FamilyId id = declared(Kind::histogram, "took_seconds");
  const HistogramWriter writer = shard_.histogram(id);
  const SeriesRef series = shard_.series(id, Values{"/", ""});
  for (const int micros : {0, 50'000, 50'000, 1'000'000, 1'000'001, 30'000'000}) {
    writer.observe(series, Micros{micros});
  }
  const auto got = family("took_seconds");
  EXPECT_EQ(got.type(), client::HISTOGRAM);
  EXPECT_EQ(got.unit(), "seconds");
  const auto& histogram = got.metric(0).histogram();
  EXPECT_EQ(histogram.sample_count(), 6U);
  EXPECT_DOUBLE_EQ(histogram.sample_sum(), 32.100001);
  ASSERT_EQ(histogram.bucket_size(), 3);
  EXPECT_EQ(histogram.bucket(0).cumulative_count(), 3U);
  EXPECT_EQ(histogram.bucket(1).cumulative_count(), 4U);
  EXPECT_EQ(histogram.bucket(1).upper_bound(), 1);
  EXPECT_EQ(histogram.bucket(2).cumulative_count(), 6U);
  EXPECT_TRUE(std::isinf(histogram.bucket(2).upper_bound()));
  EXPECT_EQ(histogram.schema(), 3);
  EXPECT_EQ(histogram.zero_threshold(), 0x1p-128);
  EXPECT_EQ(histogram.zero_count(), 1U);
  // 0.05 is in bucket ceil(8 * log2(0.05)) = -34; 0 and 1 follow each other; 30 is in 40.
  ASSERT_EQ(histogram.positive_span_size(), 3);
  EXPECT_EQ(histogram.positive_span(0).offset(), -34);
  EXPECT_EQ(histogram.positive_span(0).length(), 1U);
  EXPECT_EQ(histogram.positive_span(1).offset(), 33);
  EXPECT_EQ(histogram.positive_span(1).length(), 2U);
  EXPECT_EQ(histogram.positive_span(2).offset(), 38);
  EXPECT_EQ(std::vector<std::int64_t>(histogram.positive_delta().begin(),
                                      histogram.positive_delta().end()),
            (std::vector<std::int64_t>{2, -1, 0, 0}));
  EXPECT_EQ(histogram.created_timestamp().seconds(), 1'700'000'000);
}

TEST_F(ProtobufEncoderTest, AnEmptyHistogramIsStillSeenAsANativeOne) {
  shard_.series(declared(Kind::histogram, "took_seconds"), Values{"/", ""});
  const auto histogram = family("took_seconds").metric(0).histogram();
  EXPECT_EQ(histogram.sample_count(), 0U);
  EXPECT_GT(histogram.zero_threshold(), 0);
  EXPECT_EQ(histogram.positive_span_size(), 0);
}

TEST_F(ProtobufEncoderTest, OnlyTheSlowestRecentRequestIsAnExemplar) {
  const FamilyId id = declared(Kind::histogram, "took_seconds");
  const HistogramWriter writer = shard_.histogram(id);
  const SeriesRef series = shard_.series(id, Values{"/", ""});
  const WallTime now = clock_.wall();
  const auto observe = [&](Micros value, std::string_view trace, WallTime at) {
    writer.observe(series, value);
    writer.exemplify(series.cells, writer.buckets().index_of(value.count()),
                     {trace, {}, value, at});
  };
  observe(Micros{5'000'000}, "old", now - std::chrono::minutes{5});
  observe(Micros{500'000}, kTrace, now);
  observe(Micros{1'000}, "fast", now);
  const auto histogram = family("took_seconds").metric(0).histogram();
  EXPECT_FALSE(histogram.bucket(0).has_exemplar());
  EXPECT_FALSE(histogram.bucket(2).has_exemplar());
  const auto& exemplar = histogram.bucket(1).exemplar();
  ASSERT_EQ(exemplar.label_size(), 1);
  EXPECT_EQ(exemplar.label(0).name(), "trace_id");
  EXPECT_EQ(exemplar.label(0).value(), kTrace);
  EXPECT_DOUBLE_EQ(exemplar.value(), 0.5);
  EXPECT_EQ(exemplar.timestamp().seconds(), 1'700'000'000);
}

TEST_F(ProtobufEncoderTest, AFamilyThatIsTooLongForOneMessageGoesOnInTheNext) {
  const FamilyId id = declared(Kind::counter, "c_total", 100'000);
  constexpr int kSeries = 20'000;
  for (int i = 0; i < kSeries; ++i) {
    Shard::add(shard_.series(id, Values{"/a/long/route/of/" + std::to_string(i), "e"}),
               static_cast<std::uint64_t>(i));
  }
  const std::string bytes = page();
  ASSERT_GT(bytes.size(), ProtobufEncoder::kLongest);
  const auto families = read_protobuf_page(bytes);
  ASSERT_TRUE(families);
  int next = 0;
  for (const auto& family : *families) {
    if (family.name() != "c_total") continue;
    EXPECT_EQ(family.type(), client::COUNTER);
    EXPECT_LT(family.ByteSizeLong(), ProtobufEncoder::kLongest + 64 * 100);
    for (const auto& metric : family.metric()) EXPECT_EQ(metric.counter().value(), next++);
  }
  EXPECT_EQ(next, kSeries);
}

TEST_F(ProtobufEncoderTest, NothingMoreIsWrittenOnceTheClientIsGone) {
  const FamilyId id = declared(Kind::counter, "c_total");
  Shard::add(shard_.series(id, Values{"/", ""}));
  int pieces = 0;
  ProtobufEncoder encoder({}, [&pieces](std::string_view) { return ++pieces < 2; });
  store_.visit(kAll, encoder);
  encoder.finish();
  EXPECT_TRUE(encoder.gone());
  EXPECT_EQ(pieces, 2);
}

// What was observed comes back, whatever it was.
TEST_F(ProtobufEncoderTest, NativeBucketsReadBackAsWhatWasObserved) {
  const FamilyId id = declared(Kind::histogram, "took_seconds");
  const HistogramWriter writer = shard_.histogram(id);
  std::mt19937_64 random(4);
  for (int series = 0; series < 50; ++series) {
    const SeriesRef ref = shard_.series(id, Values{"/" + std::to_string(series), ""});
    for (int i = 0; i < 100; ++i) {
      writer.observe(ref, Micros{static_cast<std::int64_t>(random() >> (20 + random() % 44))});
    }
  }
  const auto got = family("took_seconds");
  ASSERT_EQ(got.metric_size(), 50);
  for (const auto& metric : got.metric()) {
    const auto& histogram = metric.histogram();
    std::int64_t count = 0;
    std::int64_t all = static_cast<std::int64_t>(histogram.zero_count());
    int deltas = 0;
    for (const auto& span : histogram.positive_span()) deltas += static_cast<int>(span.length());
    ASSERT_EQ(deltas, histogram.positive_delta_size());
    for (const std::int64_t delta : histogram.positive_delta()) all += count += delta;
    EXPECT_EQ(all, 100);
    EXPECT_EQ(histogram.sample_count(), 100U);
  }
}

}  // namespace
}  // namespace wayside
