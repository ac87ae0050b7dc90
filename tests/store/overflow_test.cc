#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "agent/store/store.h"
#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using Values = std::vector<std::string_view>;

FamilyDesc capped(std::uint32_t max_series, std::uint32_t keeps) {
  FamilyDesc desc;
  desc.name = "c_total";
  desc.help = "Help.";
  desc.kind = Kind::counter;
  desc.labels = {"service", "route"};
  desc.max_series = max_series;
  desc.overflow_keeps = keeps;
  return desc;
}

class Overflow : public testing::Test {
 protected:
  ManualClock clock_;
  Store store_{clock_};
  Shard shard_ = store_.shard().value();
};

TEST_F(Overflow, SeriesAboveTheCapAreCountedTogether) {
  const FamilyId id = store_.declare(capped(2, 0)).value();
  for (const char* route : {"/a", "/b", "/c", "/d", "/c"}) {
    const auto series = shard_.series(id, Values{"api", route});
    EXPECT_EQ(series.overflow, route > std::string("/b")) << route;
    Shard::add(series);
  }
  const auto page = RecordedPage::of(store_);
  EXPECT_EQ(page.number("c_total{service=\"api\",route=\"/a\"}"), 1);
  EXPECT_EQ(page.number("c_total{service=\"_other\",route=\"_other\"}"), 3);
  EXPECT_EQ(page.number("wayside_series_overflow_total{family=\"c_total\"}"), 3);
  EXPECT_EQ(page.number("wayside_series{family=\"c_total\"}"), 3);
}

TEST_F(Overflow, TheFirstLabelsAreKeptWhereTheFamilySaysSo) {
  const FamilyId id = store_.declare(capped(0, 1)).value();
  Shard::add(shard_.series(id, Values{"api", "/a"}));
  Shard::add(shard_.series(id, Values{"web", "/a"}));
  Shard::add(shard_.series(id, Values{"web", "/b"}));
  const auto page = RecordedPage::of(store_);
  EXPECT_EQ(page.number("c_total{service=\"api\",route=\"_other\"}"), 1);
  EXPECT_EQ(page.number("c_total{service=\"web\",route=\"_other\"}"), 2);
}

TEST_F(Overflow, KeptLabelsCannotMintSeriesWithoutBound) {
  const FamilyId id = store_.declare(capped(10, 1)).value();
  for (int i = 0; i < 5'000; ++i) {
    Shard::add(shard_.series(id, Values{std::to_string(i), "/a"}));
  }
  EXPECT_LE(store_.size(), 10U + 257U);
  const auto page = RecordedPage::of(store_);
  double total = 0;
  for (const auto& [series, sample] : page.all) {
    if (series.starts_with("c_total")) total += sample.number;
  }
  EXPECT_EQ(total, 5'000);
  EXPECT_GT(page.number("c_total{service=\"_other\",route=\"_other\"}"), 4'000);
}

TEST_F(Overflow, OverflowSeriesTakeNoPlaceOfOthers) {
  const FamilyId id = store_.declare(capped(1, 0)).value();
  shard_.series(id, Values{"api", "/a"});
  shard_.series(id, Values{"api", "/b"});
  const FamilyId same = store_.declare(capped(2, 0)).value();
  EXPECT_EQ(same, id);
  EXPECT_FALSE(shard_.series(id, Values{"api", "/b"}).overflow);
  EXPECT_TRUE(shard_.series(id, Values{"api", "/c"}).overflow);
}

TEST_F(Overflow, ALowerCapKeepsTheSeriesThatWereBorn) {
  const FamilyId id = store_.declare(capped(10, 0)).value();
  for (const char* route : {"/a", "/b", "/c"}) shard_.series(id, Values{"api", route});
  ASSERT_TRUE(store_.declare(capped(1, 0)).ok());
  EXPECT_FALSE(shard_.series(id, Values{"api", "/c"}).overflow);
  EXPECT_TRUE(shard_.series(id, Values{"api", "/d"}).overflow);
}

}  // namespace
}  // namespace wayside
