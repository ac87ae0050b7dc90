#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "agent/store/store.h"
#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using Values = std::vector<std::string_view>;

constexpr int kWriters = 4;
constexpr int kRounds = 300;
constexpr int kSeries = 150;

FamilyDesc family() {
  FamilyDesc desc;
  desc.name = "request_seconds";
  desc.help = "Help.";
  desc.kind = Kind::histogram;
  desc.labels = {"route"};
  desc.bounds = {0.1, 1};
  desc.native = true;
  return desc;
}

// Every round observes all series that were born so far and gives birth to some more.
void write_rounds(Shard& shard, FamilyId id) {
  const HistogramWriter histogram = shard.histogram(id);
  std::vector<SeriesRef> refs;
  for (int round = 0; round < kRounds; ++round) {
    if (refs.size() < kSeries) {
      refs.push_back(shard.series(id, Values{std::to_string(refs.size())}));
    }
    for (const SeriesRef series : refs) histogram.observe(series, Micros{200'000});
  }
}

std::uint64_t count_of(const RecordedSample& sample) {
  return std::accumulate(sample.counts.begin(), sample.counts.end(), std::uint64_t{0});
}

TEST(StoreThreads, VisitsBesideWritersSeeCountsThatNeverStepBack) {
  const ManualClock clock;
  Store store(clock);
  const FamilyId id = store.declare(family()).value();
  std::atomic<int> running{kWriters};
  std::vector<std::jthread> writers;
  for (int i = 0; i < kWriters; ++i) {
    writers.emplace_back([&] {
      Shard shard = store.shard().value();
      write_rounds(shard, id);
      --running;
    });
  }
  std::map<std::string, std::uint64_t> last;
  while (running > 0) {
    const auto page = RecordedPage::of(store);
    ASSERT_EQ(page.repeated, 0U);
    for (const auto& [series, sample] : page.all) {
      if (sample.counts.empty()) continue;
      ASSERT_GE(count_of(sample), last[series]) << series;
      last[series] = count_of(sample);
    }
    FamilyDesc more = family();
    more.name = "more_" + std::to_string(page.names.size());
    ASSERT_TRUE(store.declare(more).ok());
  }
  writers.clear();

  const auto page = RecordedPage::of(store);
  for (int i = 0; i < kSeries; ++i) {
    const auto& sample = page.all.at("request_seconds{route=\"" + std::to_string(i) + "\"}");
    EXPECT_EQ(count_of(sample), std::uint64_t(kWriters * (kRounds - i)));
    EXPECT_EQ(sample.counts[1], count_of(sample));
  }
}

}  // namespace
}  // namespace wayside
