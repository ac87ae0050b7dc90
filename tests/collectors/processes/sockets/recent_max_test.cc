#include "collectors/processes/sockets/recent_max.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

using std::chrono::seconds;

TEST(RecentMax, KeepsTheHighestForItsTimeAndNoLonger) {
  RecentMax recent(seconds(15));
  const SteadyTime start{};
  EXPECT_FALSE(recent.at(start));
  recent.add(start, 9);
  recent.add(start + seconds(1), 2);
  recent.add(start + seconds(5), 4);
  EXPECT_EQ(recent.at(start + seconds(15)), 9);
  EXPECT_EQ(recent.at(start + seconds(16)), 4);
  EXPECT_EQ(recent.at(start + seconds(20)), 4);
  EXPECT_FALSE(recent.at(start + seconds(21)));
}

TEST(RecentMax, AgreesWithALookAtAllValues) {
  RecentMax recent(std::chrono::milliseconds(1'000));
  std::vector<double> values;
  std::uint32_t random = 1;
  for (int i = 0; i < 2'000; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    values.push_back(random >> 24U);
    const SteadyTime now = SteadyTime{} + std::chrono::milliseconds(100 * i);
    recent.add(now, values.back());
    const auto from = values.end() - std::min<std::ptrdiff_t>(11, std::ssize(values));
    ASSERT_EQ(recent.at(now), *std::max_element(from, values.end())) << i;
  }
}

}  // namespace
}  // namespace wayside
