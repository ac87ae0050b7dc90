// What a histogram family tells beyond its classic buckets.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include "agent/store/merge.h"
#include "agent/store/store.h"
#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using Values = std::vector<std::string_view>;
using Counts = std::map<std::int32_t, std::uint64_t>;

constexpr Selection kAll{.native = true, .exemplars = true};
constexpr const char* kSeries = "seconds{route=\"/a\"}";

class NativeHistogram : public testing::Test {
 protected:
  FamilyId declared(bool native) {
    FamilyDesc desc;
    desc.name = "seconds";
    desc.kind = Kind::histogram;
    desc.labels = {"route"};
    desc.bounds = {0.1, 1};
    desc.native = native;
    return store_.declare(desc).value();
  }
  void observe(Shard& shard, FamilyId id, Micros value) {
    shard.histogram(id).observe(shard.series(id, Values{"/a"}), value);
  }
  RecordedSample sample(const Selection& selection = kAll) const {
    return RecordedPage::of(store_, selection).all.at(kSeries);
  }

  ManualClock clock_;
  Store store_{clock_};
  Shard one_ = store_.shard().value();
};

TEST_F(NativeHistogram, CountsByPowersOfTheEighthRootOfTwo) {
  const FamilyId id = declared(true);
  for (const int micros : {0, 1'000'000, 1'000'001, 2'000'000, 2'000'000, 500'000}) {
    observe(one_, id, Micros{micros});
  }
  const auto native = sample().native;
  ASSERT_TRUE(native);
  EXPECT_EQ(native->schema, 3);
  EXPECT_EQ(native->zeros, 1U);
  EXPECT_EQ(native->buckets, (Counts{{-8, 1}, {0, 1}, {1, 1}, {8, 2}}));
  EXPECT_EQ(sample().counts, (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST_F(NativeHistogram, PagesComeInTheOrderOfTheDurationsWhicheverCameFirst) {
  const FamilyId id = declared(true);
  std::uint64_t all = 0;
  // Octaves upside down, so that the near places are taken from the top.
  for (std::int64_t micros = std::int64_t{1} << 40; micros > 0; micros /= 2, ++all) {
    observe(one_, id, Micros{micros});
    observe(one_, id, Micros{micros + 1});
  }
  const auto shown = sample();
  std::uint64_t count = shown.native->zeros;
  for (const auto& [index, in_bucket] : shown.native->buckets) count += in_bucket;
  EXPECT_EQ(count, 2 * all);
  EXPECT_EQ(std::accumulate(shown.counts.begin(), shown.counts.end(), std::uint64_t{0}), 2 * all);
  EXPECT_TRUE(shown.native_ascends);
}

TEST_F(NativeHistogram, BucketsOfAllShardsAddUp) {
  const FamilyId id = declared(true);
  Shard two = store_.shard().value();
  observe(one_, id, Micros{1'000'000});
  observe(two, id, Micros{1'000'000});
  observe(two, id, Micros{4'000'000});
  EXPECT_EQ(sample().native->buckets, (Counts{{0, 2}, {16, 1}}));
}

TEST_F(NativeHistogram, IsShownWhereItIsAskedForAndKept) {
  const FamilyId id = declared(true);
  observe(one_, id, Micros{5});
  EXPECT_FALSE(sample({}).native);
  Store other(clock_);
  FamilyDesc desc;
  desc.name = "seconds";
  desc.kind = Kind::histogram;
  desc.labels = {"route"};
  desc.bounds = {0.1};
  Shard shard = other.shard().value();
  const FamilyId classic = other.declare(desc).value();
  shard.histogram(classic).observe(shard.series(classic, Values{"/a"}), Micros{5});
  EXPECT_FALSE(RecordedPage::of(other, kAll).all.at(kSeries).native);
}

TEST_F(NativeHistogram, IsShownCoarserAboveItsLimit) {
  const FamilyId id = declared(true);
  std::uint64_t observed = 0;
  double value = 1;
  for (; observed < HistogramMerge::kMaxNative + 40; ++observed) {
    observe(one_, id, Micros{static_cast<std::int64_t>(value * 1'000)});
    value *= std::exp2(1.0 / 8);
  }
  const auto shown = sample();
  EXPECT_EQ(shown.native->schema, 2);
  EXPECT_LE(shown.native->buckets.size(), HistogramMerge::kMaxNative);
  std::uint64_t count = shown.native->zeros;
  for (const auto& [index, in_bucket] : shown.native->buckets) count += in_bucket;
  EXPECT_EQ(count, observed);
  EXPECT_EQ(std::accumulate(shown.counts.begin(), shown.counts.end(), std::uint64_t{0}), observed);
}

TEST_F(NativeHistogram, QuantilesAreWithinItsGrowth) {
  const FamilyId id = declared(true);
  std::mt19937_64 random(3);
  std::lognormal_distribution<double> spread(10, 1.5);
  std::vector<double> values;
  for (int i = 0; i < 20'000; ++i) {
    const auto micros = static_cast<std::int64_t>(spread(random));
    values.push_back(static_cast<double>(micros) / 1e6);
    observe(one_, id, Micros{micros});
  }
  std::ranges::sort(values);
  const auto native = sample().native;
  for (const double share : {0.5, 0.9, 0.99, 0.999}) {
    const double exact = values[static_cast<std::size_t>(share * (20'000 - 1))];
    auto rank = static_cast<std::uint64_t>(share * (20'000 - 1)) + 1 - native->zeros;
    for (const auto& [index, count] : native->buckets) {
      if (rank > count) {
        rank -= count;
        continue;
      }
      EXPECT_LE(exact, std::exp2(index / 8.0) * (1 + 1e-9));
      EXPECT_GE(exact, std::exp2((index - 1) / 8.0) * (1 - 1e-9));
      break;
    }
  }
}

TEST_F(NativeHistogram, ChangingItBeginsTheFamilyAnew) {
  observe(one_, declared(false), Micros{5});
  const FamilyId id = declared(true);
  EXPECT_FALSE(RecordedPage::of(store_).all.contains(kSeries));
  observe(one_, id, Micros{5});
  EXPECT_TRUE(sample().native);
}

TEST_F(NativeHistogram, ABucketTellsOfTheRequestThatFellIntoItLast) {
  const FamilyId id = declared(true);
  const HistogramWriter writer = one_.histogram(id);
  const SeriesRef series = one_.series(id, Values{"/a"});
  const WallTime at = clock_.wall();
  writer.exemplify(series.cells, 0, {"0af7651916cd43dd8448eb211c80319c", "r1", Micros{7'000}, at});
  writer.exemplify(series.cells, 2, {{}, "r2", Micros{2'000'000}, at});
  // Within the same second the first one stays.
  writer.exemplify(series.cells, 2, {{}, "r3", Micros{3'000'000}, at + Micros{999'999}});
  auto shown = sample().exemplars;
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].second, "trace_id=\"0af7651916cd43dd8448eb211c80319c\",request_id=\"r1\"");
  EXPECT_DOUBLE_EQ(shown[0].first, 0.007);
  EXPECT_EQ(shown[2].second, "request_id=\"r2\"");
  writer.exemplify(series.cells, 2, {{}, "r4", Micros{4'000'000}, at + Micros{1'000'000}});
  EXPECT_EQ(sample().exemplars[2].second, "request_id=\"r4\"");
  EXPECT_TRUE(sample({}).exemplars.empty());
}

TEST_F(NativeHistogram, OfSeveralShardsTheNewestExemplarIsShown) {
  const FamilyId id = declared(true);
  Shard two = store_.shard().value();
  const WallTime at = clock_.wall();
  one_.histogram(id).exemplify(one_.series(id, Values{"/a"}).cells, 1,
                               {{}, "new", Micros{200'000}, at + Micros{1}});
  two.histogram(id).exemplify(two.series(id, Values{"/a"}).cells, 1,
                              {{}, "old", Micros{200'000}, at});
  EXPECT_EQ(sample().exemplars[1].second, "request_id=\"new\"");
}

TEST_F(NativeHistogram, WhatIsNoIdIsNoExemplar) {
  const FamilyId id = declared(true);
  const HistogramWriter writer = one_.histogram(id);
  const SeriesRef series = one_.series(id, Values{"/a"});
  for (const std::string& bad :
       {std::string("a\"b"), std::string("a\\b"), std::string("a b"), std::string("\xC3\xA4"),
        std::string(65, 'a'), std::string("a\nb")}) {
    writer.exemplify(series.cells, 0, {bad, bad, Micros{5}, clock_.wall()});
    EXPECT_TRUE(sample().exemplars.empty()) << bad;
  }
  const std::string longest(64, 'f');
  writer.exemplify(series.cells, 0, {longest, longest, Micros{5}, clock_.wall()});
  EXPECT_EQ(sample().exemplars[0].second, "trace_id=\"" + longest + "\"");
}

TEST_F(NativeHistogram, LabelsAreRenderedForProtobufAsWell) {
  const FamilyId id = declared(true);
  one_.series(id, Values{"/\"a\"\n"});
  one_.series(id, Values{"/b"});
  const auto page = RecordedPage::of(store_, {.proto_texts = true});
  EXPECT_EQ(page.all.at("seconds{route=\"/\\\"a\\\"\\n\"}").proto_start,
            std::string("\x0A\x0E\x0A\x05route\x12\x05/\"a\"\n"));
  one_.series(id, Values{"/c"});
  const auto later = RecordedPage::of(store_, {.proto_texts = true});
  EXPECT_EQ(later.all.at("seconds{route=\"/c\"}").proto_start,
            std::string("\x0A\x0B\x0A\x05route\x12\x02/c"));
  EXPECT_EQ(RecordedPage::of(store_).all.at("seconds{route=\"/c\"}").proto_start, "");
}

}  // namespace
}  // namespace wayside
