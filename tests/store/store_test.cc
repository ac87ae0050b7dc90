#include "agent/store/store.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using Values = std::vector<std::string_view>;

FamilyDesc counter(std::string name, std::vector<std::string> labels = {"route"}) {
  FamilyDesc desc;
  desc.name = std::move(name);
  desc.help = "Help.";
  desc.kind = Kind::counter;
  desc.labels = std::move(labels);
  return desc;
}

FamilyDesc histogram(std::vector<double> bounds) {
  FamilyDesc desc = counter("seconds");
  desc.kind = Kind::histogram;
  desc.unit = "seconds";
  desc.bounds = std::move(bounds);
  return desc;
}

class StoreTest : public testing::Test {
 protected:
  FamilyId declared(const FamilyDesc& desc) {
    auto id = store_.declare(desc);
    EXPECT_TRUE(id.ok()) << (id.ok() ? "" : id.error().message);
    return id.ok() ? *id : FamilyId{UINT32_MAX};
  }

  ManualClock clock_;
  Store store_{clock_};
  Shard one_ = store_.shard().value();
};

TEST_F(StoreTest, CountsOfAllShardsAddUp) {
  const FamilyId id = declared(counter("c_total"));
  Shard two = store_.shard().value();
  Shard::add(one_.series(id, Values{"/a"}), 3);
  Shard::add(two.series(id, Values{"/a"}));
  Shard::add(two.series(id, Values{"/b"}), 5);
  const auto page = RecordedPage::of(store_);
  EXPECT_EQ(page.number("c_total{route=\"/a\"}"), 4);
  EXPECT_EQ(page.number("c_total{route=\"/b\"}"), 5);
  EXPECT_EQ(store_.size(), 2U);
}

TEST_F(StoreTest, CountersAreExactToTheLastBit) {
  const FamilyId id = declared(counter("c_total", {}));
  Shard::add(one_.series(id, {}), UINT64_MAX);
  EXPECT_EQ(RecordedPage::of(store_).all.at("c_total{}").integer, UINT64_MAX);
}

TEST_F(StoreTest, GaugesOfAllShardsAddUp) {
  FamilyDesc desc = counter("g");
  desc.kind = Kind::gauge;
  const FamilyId id = declared(desc);
  Shard two = store_.shard().value();
  Shard::set(one_.series(id, Values{"/a"}), -1.5);
  Shard::set(two.series(id, Values{"/a"}), 0.25);
  EXPECT_EQ(RecordedPage::of(store_).number("g{route=\"/a\"}"), -1.25);
}

TEST_F(StoreTest, AGaugeThatNoShardHasSetIsAbsent) {
  FamilyDesc desc = counter("g");
  desc.kind = Kind::gauge;
  const FamilyId id = declared(desc);
  Shard two = store_.shard().value();
  const std::vector<std::string> none = {"wayside_series", "wayside_series_overflow_total"};
  const SeriesRef a = one_.series(id, Values{"/a"});
  const SeriesRef also_a = two.series(id, Values{"/a"});
  two.series(id, Values{"/b"});
  EXPECT_EQ(RecordedPage::of(store_).names, none);
  Shard::set(a, 0);
  EXPECT_EQ(RecordedPage::of(store_).number("g{route=\"/a\"}"), 0);
  EXPECT_FALSE(RecordedPage::of(store_).all.contains("g{route=\"/b\"}"));
  Shard::unset(a);
  Shard::set(also_a, 2);
  EXPECT_EQ(RecordedPage::of(store_).number("g{route=\"/a\"}"), 2);
  Shard::unset(also_a);
  EXPECT_EQ(RecordedPage::of(store_).names, none);
}

TEST_F(StoreTest, AHistogramHasItsBucketsAndItsSumInSeconds) {
  const std::vector<double> bounds = {0.1, 0.3, 1};
  const FamilyId id = declared(histogram(bounds));
  const HistogramWriter histogram = one_.histogram(id);
  Shard two = store_.shard().value();
  const auto a = one_.series(id, Values{"/a"});
  histogram.observe(a, Micros{100'000});
  histogram.observe(a, Micros{100'001});
  two.histogram(id).observe(two.series(id, Values{"/a"}), Micros{5'000'000});
  const auto page = RecordedPage::of(store_);
  const RecordedSample& sample = page.all.at("seconds{route=\"/a\"}");
  EXPECT_EQ(sample.bounds, bounds);
  EXPECT_EQ(sample.counts, (std::vector<std::uint64_t>{1, 1, 0, 1}));
  EXPECT_DOUBLE_EQ(sample.number, 5.200001);
}

TEST_F(StoreTest, FamiliesComeByNameAndOnlyWithSeries) {
  const FamilyId z = declared(counter("z_total"));
  const FamilyId a = declared(counter("a_total"));
  declared(counter("m_total"));
  Shard::add(one_.series(z, Values{"/"}));
  Shard::add(one_.series(a, Values{"/"}));
  const std::vector<std::string> names = {"a_total", "wayside_series",
                                          "wayside_series_overflow_total", "z_total"};
  EXPECT_EQ(RecordedPage::of(store_).names, names);
}

TEST_F(StoreTest, TellsHowManySeriesEachFamilyHas) {
  const FamilyId id = declared(counter("c_total"));
  declared(counter("b_total"));
  one_.series(id, Values{"/a"});
  one_.series(id, Values{"/b"});
  const auto page = RecordedPage::of(store_);
  EXPECT_EQ(page.number("wayside_series{family=\"c_total\"}"), 2);
  EXPECT_EQ(page.number("wayside_series{family=\"b_total\"}"), 0);
  EXPECT_EQ(page.number("wayside_series_overflow_total{family=\"c_total\"}"), 0);
}

TEST_F(StoreTest, AnEmptyStoreYieldsNothing) {
  EXPECT_TRUE(RecordedPage::of(store_).names.empty());
}

TEST_F(StoreTest, RefsStayValidWhileManySeriesAreBorn) {
  const auto desc = [] {
    auto many = counter("c_total");
    many.max_series = 100'000;
    return many;
  }();
  const FamilyId id = declared(desc);
  std::vector<SeriesRef> refs;
  for (int i = 0; i < 10'000; ++i) {
    refs.push_back(one_.series(id, Values{std::to_string(i)}));
  }
  for (std::size_t i = 0; i < refs.size(); ++i) Shard::add(refs[i], i);
  const auto page = RecordedPage::of(store_);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    ASSERT_EQ(page.number("c_total{route=\"" + std::to_string(i) + "\"}"), double(i));
  }
  EXPECT_LE(page.largest_block, 64U);
  EXPECT_EQ(one_.series(id, Values{"77"}).cells, refs[77].cells);
}

TEST_F(StoreTest, ASeriesKnowsWhenItWasBorn) {
  const FamilyId id = declared(counter("c_total"));
  const WallTime birth = clock_.wall();
  one_.series(id, Values{"/a"});
  clock_.advance(Micros{1'000'000});
  one_.series(id, Values{"/a"});
  EXPECT_EQ(RecordedPage::of(store_).all.at("c_total{route=\"/a\"}").created, birth);
}

TEST_F(StoreTest, ValuesThatAreMendedAlikeAreOneSeries) {
  const FamilyId id = declared(counter("c_total"));
  Shard::add(one_.series(id, Values{"\xFF"}));
  Shard::add(one_.series(id, Values{"\xFE"}));
  const auto page = RecordedPage::of(store_);
  EXPECT_EQ(page.number("c_total{route=\"\xEF\xBF\xBD\"}"), 2);
  EXPECT_EQ(page.repeated, 0U);
}

TEST_F(StoreTest, AShardGivenBackKeepsItsCounts) {
  const FamilyId id = declared(counter("c_total"));
  for (int i = 0; i < 3; ++i) {
    Shard lent = store_.shard().value();
    Shard::add(lent.series(id, Values{"/a"}), 2);
  }
  EXPECT_EQ(RecordedPage::of(store_).number("c_total{route=\"/a\"}"), 6);
}

TEST_F(StoreTest, ShardsAreLentUntilNoneIsLeft) {
  std::vector<Shard> held;
  for (std::uint32_t i = 1; i < Store::kMaxShards; ++i) held.push_back(store_.shard().value());
  EXPECT_FALSE(store_.shard().ok());
  held.pop_back();
  EXPECT_TRUE(store_.shard().ok());
}

TEST_F(StoreTest, AnIdOfNoFamilyGivesARefToNothing) {
  EXPECT_FALSE(one_.series(FamilyId{99}, Values{"/a"}));
}

}  // namespace
}  // namespace wayside
