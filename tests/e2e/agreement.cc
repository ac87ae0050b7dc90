#include <thread>

#include "tests/e2e/stand.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

const std::vector<std::string> kRequest = {"http_request_method", "http_route",
                                           "http_response_status_code"};
const std::vector<std::string> kAttempt = {"server_address", "server_port",
                                           "http_response_status_code"};
const std::string kServer = "http_server_request_duration_seconds";
const std::string kClient = "http_client_request_duration_seconds";
const std::string kService = R"({service_name="college-api"})";

std::vector<std::string> with_bound(std::vector<std::string> labels) {
  labels.emplace_back("le");
  return labels;
}

double sum_of(const support::Table& table) {
  double sum = 0;
  for (const auto& [key, value] : table) sum += value;
  return sum;
}

// Both tables, or only what differs, which is what a person wants to see of hundreds of rows.
void expect_same(const support::Table& held, const support::Table& sent, const char* what) {
  for (const auto& [key, value] : sent) {
    const auto found = held.find(key);
    EXPECT_EQ(found == held.end() ? -1 : found->second, value) << what << ": " << key;
  }
  for (const auto& [key, value] : held) {
    EXPECT_TRUE(sent.contains(key)) << what << ": " << key << " was never sent, but " << value;
  }
}

void compare(const support::PrometheusApi& api, const std::vector<Truth>& truth) {
  const auto held = [&](const std::string& name, const std::vector<std::string>& labels) {
    return by_labels(api.query(name + kService), labels);
  };
  expect_same(held(kServer + "_count", kRequest), request_counts(truth), "requests");
  expect_same(held(kServer + "_bucket", with_bound(kRequest)), request_buckets(truth), "buckets");
  expect_same(held(kClient + "_count", kAttempt), attempt_counts(truth), "attempts");
  expect_same(held(kClient + "_bucket", with_bound(kAttempt)), attempt_buckets(truth),
              "attempts' buckets");
}

void compare_sums(const support::PrometheusApi& api, const std::vector<Truth>& truth) {
  std::int64_t requests = 0;
  std::int64_t attempts = 0;
  for (const auto& t : truth) {
    requests += t.ms;
    for (const auto& attempt : t.attempts) attempts += attempt.ms;
  }
  EXPECT_NEAR(api.value("sum(" + kServer + "_sum" + kService + ")"),
              static_cast<double>(requests) / 1000, 1e-6);
  EXPECT_NEAR(api.value("sum(" + kClient + "_sum" + kService + ")"),
              static_cast<double>(attempts) / 1000, 1e-6);
}

}  // namespace

void expect_prometheus_agrees(const Stand& stand, const std::vector<Truth>& truth) {
  // A scrape may come between a request's attempts and itself, so both are waited for.
  const auto requests = "sum(" + kServer + "_count" + kService + ")";
  const auto attempts = "sum(" + kClient + "_count" + kService + ")";
  const double tried = sum_of(attempt_counts(truth));
  EXPECT_TRUE(support::wait_until([&] {
    return stand.api.value(requests) >= static_cast<double>(truth.size()) &&
           stand.api.value(attempts) >= tried;
  })) << stand.api.value(requests)
      << " of " << truth.size() << "\n"
      << stand.agent.output();
  compare(stand.api, truth);
  std::this_thread::sleep_for(std::chrono::milliseconds{2500});
  compare(stand.api, truth);
  compare_sums(stand.api, truth);
  EXPECT_EQ(stand.api.value("min_over_time(up[5m])"), 1) << "a scrape failed";
}

}  // namespace wayside::e2e
