#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "agent/store/family_check.h"
#include "agent/store/store.h"
#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using Values = std::vector<std::string_view>;

FamilyDesc durations(std::vector<double> bounds) {
  FamilyDesc desc;
  desc.name = "request_seconds";
  desc.help = "Help.";
  desc.unit = "seconds";
  desc.kind = Kind::histogram;
  desc.labels = {"route"};
  desc.bounds = std::move(bounds);
  return desc;
}

TEST(Declare, TheSameFamilyTwiceIsOne) {
  const ManualClock clock;
  Store store(clock);
  const auto first = store.declare(durations({1, 2}));
  Shard shard = store.shard().value();
  shard.series(*first, Values{"/a"});
  EXPECT_EQ(store.declare(durations({1, 2})).value(), first.value());
  EXPECT_EQ(store.size(), 1U);
}

TEST(Declare, AnotherKindOrOtherLabelsAreRefused) {
  const ManualClock clock;
  Store store(clock);
  ASSERT_TRUE(store.declare(durations({1, 2})).ok());
  auto kind = durations({});
  kind.kind = Kind::counter;
  EXPECT_EQ(store.declare(kind).error().message,
            "request_seconds: declared before as another kind");
  auto labels = durations({1, 2});
  labels.labels = {"path"};
  EXPECT_EQ(store.declare(labels).error().message,
            "request_seconds: declared before with other labels");
}

TEST(Declare, OtherBoundsBeginThatFamilyAnew) {
  const ManualClock clock;
  Store store(clock);
  Shard shard = store.shard().value();
  auto other = durations({1});
  other.name = "other_seconds";
  const FamilyId kept = store.declare(other).value();
  shard.series(kept, Values{"/a"});
  const FamilyId id = store.declare(durations({1, 2})).value();
  shard.histogram(id).observe(shard.series(id, Values{"/a"}), Micros{7});
  EXPECT_EQ(store.declare(durations({1, 2, 3})).value(), id);
  EXPECT_EQ(store.size(), 1U);
  shard.histogram(id).observe(shard.series(id, Values{"/b"}), Micros{3'000'001});
  const auto page = RecordedPage::of(store);
  EXPECT_FALSE(page.all.contains("request_seconds{route=\"/a\"}"));
  EXPECT_EQ(page.all.at("request_seconds{route=\"/b\"}").counts,
            (std::vector<std::uint64_t>{0, 0, 0, 1}));
  EXPECT_TRUE(page.all.contains("other_seconds{route=\"/a\"}"));
}

TEST(Declare, WhatNoScrapeCouldCarryIsRefused) {
  const ManualClock clock;
  Store store(clock);
  const auto refused = [&](auto change) {
    FamilyDesc desc = durations({1, 2});
    change(desc);
    const auto id = store.declare(desc);
    return !id.ok() && !id.error().message.empty();
  };
  EXPECT_TRUE(refused([](auto& d) { d.name = ""; }));
  EXPECT_TRUE(refused([](auto& d) { d.name = "7up"; }));
  EXPECT_TRUE(refused([](auto& d) { d.name = "caf\xC3\xA9"; }));
  EXPECT_TRUE(refused([](auto& d) { d.name = "a b"; }));
  EXPECT_TRUE(refused([](auto& d) { d.name = "wayside_series"; }));
  EXPECT_TRUE(refused([](auto& d) { d.labels = {"le"}; }));
  EXPECT_TRUE(refused([](auto& d) { d.labels = {"a", "b", "a"}; }));
  EXPECT_TRUE(refused([](auto& d) { d.labels = {"__name__"}; }));
  EXPECT_TRUE(refused([](auto& d) { d.labels = {"a-b"}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {2, 1}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {1, 1}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {1e-7, 2e-7}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {-1, 1}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {std::numeric_limits<double>::quiet_NaN()}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds = {std::numeric_limits<double>::infinity()}; }));
  EXPECT_TRUE(refused([](auto& d) { d.bounds.assign(63, 1); }));
  EXPECT_TRUE(refused([](auto& d) { d.kind = Kind::gauge; }));
  EXPECT_FALSE(refused([](auto& d) { d.bounds = {}; }));
}

TEST(Declare, NamesOfFamiliesFollowTheDataModel) {
  for (const char* name : {"a", "_", ":", "a:b_1", "A9"}) EXPECT_TRUE(is_family_name(name)) << name;
  for (const char* name : {"", "1a", "a-b", "a.b", "a\n", " a"}) {
    EXPECT_FALSE(is_family_name(name)) << name;
  }
}

}  // namespace
}  // namespace wayside
