// The whole path: clients → nginx → its log → the agent → Prometheus.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "tests/e2e/stand.h"

namespace wayside::e2e {
namespace {

constexpr std::size_t kRequests = 4000;
constexpr std::size_t kClients = 8;

// The bucket a quantile of these falls into, by the rule of histogram_quantile: the first whose
// cumulative count reaches q·n. Bounds in seconds.
std::pair<double, double> bucket_of_quantile(std::vector<int> ms, double q) {
  std::ranges::sort(ms);
  const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(ms.size())));
  const auto value = ms[std::max<std::size_t>(rank, 1) - 1];
  double low = 0;
  for (const int bound : {5, 10, 25, 50, 100, 300, 500, 1000, 2500, 5000, 10000}) {
    if (value <= bound) return {low, bound / 1000.0};
    low = bound / 1000.0;
  }
  return {low, low};
}

void expect_quantiles_agree(const Stand& stand, const std::vector<Truth>& truth) {
  std::map<std::string, std::vector<int>> by_route;
  for (const auto& t : truth) by_route[t.route].push_back(t.ms);
  for (const auto& [route, ms] : by_route) {
    for (const double q : {0.5, 0.9, 0.99}) {
      const auto held = stand.api.value(
          "histogram_quantile(" + std::to_string(q) +
          ", sum by (le) (http_server_request_duration_seconds_bucket{http_route=\"" +
          (route == "-" ? "" : route) + "\"}))");
      const auto [low, high] = bucket_of_quantile(ms, q);
      EXPECT_GE(held, low) << route << " " << q;
      EXPECT_LE(held, high) << route << " " << q;
    }
  }
}

support::Table sent_and_asked(const std::vector<Planned>& requests) {
  auto table = counts(requests);
  table["GET - 404"] += 1;                  // whether nginx is up
  table["GET /api/students/:id 200"] += 1;  // the first one
  return table;
}

TEST(FirstLight, PrometheusHoldsWhatWasSent) {
  Stand stand;
  ASSERT_TRUE(stand.start());
  ASSERT_TRUE(stand.warm_up());
  const auto requests = plan(kRequests);
  EXPECT_EQ(send(stand.nginx.port(), requests, kClients), 0U);
  const auto truth = stand.truth(kRequests + 2);
  ASSERT_EQ(request_counts(truth), sent_and_asked(requests)) << "nginx itself tells otherwise";
  const auto attempts = attempt_counts(truth);
  EXPECT_GT(attempts.size(), 6U) << "retries are among them";
  expect_prometheus_agrees(stand, truth);
  expect_quantiles_agree(stand, truth);
  EXPECT_EQ(stand.agent.stop(), 0);
}

TEST(FirstLight, RotationByRenameLosesNothingAndCountsNothingTwice) {
  Stand stand;
  ASSERT_TRUE(stand.start("access*.log"));
  ASSERT_TRUE(stand.warm_up());
  const auto requests = plan(kRequests / 2);
  std::atomic<bool> done{false};
  int rotations = 0;
  std::thread rotator([&] {
    while (!done) {
      std::this_thread::sleep_for(std::chrono::milliseconds{500});
      stand.nginx.rotate("old.log." + std::to_string(++rotations));
    }
  });
  EXPECT_EQ(send(stand.nginx.port(), requests, kClients), 0U);
  done = true;
  rotator.join();
  EXPECT_GE(rotations, 3);
  const auto truth = stand.truth(requests.size() + 2);
  ASSERT_EQ(request_counts(truth), sent_and_asked(requests)) << "nginx itself tells otherwise";
  expect_prometheus_agrees(stand, truth);
}

}  // namespace
}  // namespace wayside::e2e
