#include "agent/core/facts.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

namespace wayside {
namespace {

using std::chrono::seconds;
const WallTime kNow{seconds{1'700'000'000}};

std::vector<std::pair<std::string, double>> seen(const Facts& facts, std::string_view scope,
                                                 WallTime now = kNow,
                                                 Micros max_age = seconds{10}) {
  std::vector<std::pair<std::string, double>> out;
  facts.each(scope, now, max_age,
             [&](std::string_view name, double value) { out.emplace_back(name, value); });
  return out;
}
using Seen = std::vector<std::pair<std::string, double>>;

TEST(FactsBoard, ShowsAScopeAndTheHostInTheOrderOfDeclaration) {
  Facts facts;
  const FactId shop = facts.declare("shop", "requests_10s");
  const FactId cpu = facts.declare("", "cpu_share");
  const FactId other = facts.declare("blog", "requests_10s");
  facts.put(cpu, 0.5, kNow);
  facts.put(other, 7, kNow);
  facts.put(shop, 3, kNow);
  EXPECT_EQ(seen(facts, "shop"), (Seen{{"requests_10s", 3}, {"cpu_share", 0.5}}));
  EXPECT_EQ(seen(facts, "blog"), (Seen{{"cpu_share", 0.5}, {"requests_10s", 7}}));
  EXPECT_EQ(seen(facts, ""), (Seen{{"cpu_share", 0.5}}));
}

TEST(FactsBoard, WhatWasNeverPutIsAbsent) {
  Facts facts;
  facts.declare("", "cpu_share");
  EXPECT_EQ(seen(facts, ""), Seen{});
}

TEST(FactsBoard, WhatIsOlderThanAskedIsAbsent) {
  Facts facts;
  const FactId cpu = facts.declare("", "cpu_share");
  facts.put(cpu, 1, kNow - seconds{10});
  EXPECT_EQ(seen(facts, "").size(), 1U);
  facts.put(cpu, 1, kNow - seconds{10} - Micros{1});
  EXPECT_EQ(seen(facts, ""), Seen{});
  EXPECT_EQ(seen(facts, "", kNow, Micros::max()).size(), 1U);
}

TEST(FactsBoard, TheLastValueStandsUntilWithdrawn) {
  Facts facts;
  const FactId cpu = facts.declare("", "cpu_share");
  facts.put(cpu, 1, kNow);
  facts.put(cpu, 2, kNow);
  EXPECT_EQ(seen(facts, ""), (Seen{{"cpu_share", 2}}));
  facts.withdraw(cpu);
  EXPECT_EQ(seen(facts, "", kNow, Micros::max()), Seen{});
  facts.put(cpu, 3, kNow);
  EXPECT_EQ(seen(facts, ""), (Seen{{"cpu_share", 3}}));
}

TEST(FactsBoard, TheSameNameIsTheSameFact) {
  Facts facts;
  const FactId first = facts.declare("shop", "x");
  EXPECT_NE(facts.declare("blog", "x").index, first.index);
  EXPECT_EQ(facts.declare("shop", "x").index, first.index);
}

TEST(FactsBoard, PastItsLimitFactsAreTakenAndNotShown) {
  Facts facts;
  FactId last;
  for (std::size_t i = 0; i < Facts::kMaxFacts; ++i) {
    last = facts.declare("", "fact" + std::to_string(i));
  }
  const FactId beyond = facts.declare("", "beyond");
  facts.put(last, 1, kNow);
  facts.put(beyond, 2, kNow);
  facts.withdraw(beyond);
  EXPECT_EQ(seen(facts, ""), (Seen{{"fact1023", 1}}));
  EXPECT_EQ(facts.declare("", "fact0").index, 0U);
}

// Run under tsan as well.
TEST(FactsBoard, IsReadAndDeclaredWhileItIsWritten) {
  Facts facts;
  std::vector<std::jthread> writers;
  for (int w = 0; w < 3; ++w) {
    writers.emplace_back([&facts, w] {
      for (int i = 0; i < 100; ++i) {
        const FactId fact = facts.declare("", std::to_string(w) + "." + std::to_string(i));
        for (int value = 0; value < 50; ++value) facts.put(fact, value, kNow);
        if (i % 10 == 9) facts.withdraw(fact);
      }
    });
  }
  std::size_t most = 0;
  for (int i = 0; i < 200; ++i) {
    const Seen now = seen(facts, "");
    most = std::max(most, now.size());
    for (const auto& [name, value] : now) {
      EXPECT_TRUE(value >= 0 && value < 50) << name;
    }
  }
  writers.clear();
  const Seen end = seen(facts, "");
  EXPECT_EQ(end.size(), 270U);
  EXPECT_LE(most, 300U);
  for (const auto& [name, value] : end) EXPECT_EQ(value, 49) << name;
}

}  // namespace
}  // namespace wayside
