// The three formats as real Prometheus servers take them, two of which scrape at once: with native
// histograms switched on one asks for protobuf, without them for OpenMetrics.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <random>
#include <string>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

constexpr int kRequests = 3'000;
constexpr const char* kName = "http_server_request_duration_seconds";
const std::string kApi = "{service_name=\"api\"}";

std::string trace_of(int i) {
  char text[33];
  std::snprintf(text, sizeof text, "%032x", 0x1000 + i);
  return text;
}

std::string now() {
  char text[32];
  const std::time_t time = std::time(nullptr);
  std::tm parts{};
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S+00:00", gmtime_r(&time, &parts));
  return text;
}

class Formats : public testing::Test {
 protected:
  void SetUp() override {
    agent_.configure(
        "service: api\ncollectors:\n  access_log:\n    - path: " + (dir_ / "access.log").string() +
        "\n      start_at: beginning\n      format: '$remote_addr [$time_iso8601] \"$request\" "
        "$status $request_time $http_traceparent'\n");
    write_log();
    ASSERT_TRUE(agent_.start());
    ASSERT_TRUE(support::wait_until(
        [&] { return agent_.page().sum(std::string(kName) + "_count") >= kRequests; }));
  }

  // Durations of a long tail, in whole milliseconds as nginx writes them.
  void write_log() {
    std::mt19937_64 random(11);
    std::lognormal_distribution<double> spread(std::log(0.08), 1.0);
    std::string log;
    for (int i = 0; i < kRequests; ++i) {
      char duration[32];
      std::snprintf(duration, sizeof duration, "%.3f", std::min(spread(random), 9.0));
      durations_.push_back(std::stod(duration));
      log += "10.0.0.9 [" + now() + "] \"GET /api/marks HTTP/1.1\" 200 " + duration + " 00-" +
             trace_of(i) + "-00f067aa0ba902b7-01\n";
    }
    support::write_file(dir_ / "access.log", log);
    std::ranges::sort(durations_);
  }
  [[nodiscard]] double exact(double share) const {
    return durations_[static_cast<std::size_t>(share * kRequests)];
  }
  [[nodiscard]] std::filesystem::path folder(const std::string& name) const {
    std::filesystem::create_directory(dir_ / name);
    return dir_ / name;
  }
  static void expect_exemplars(std::uint16_t port, const std::string& query) {
    const auto seconds = std::to_string(std::time(nullptr) + 60);
    const auto reply = support::http_get(
        port, "/api/v1/query_exemplars?start=0&end=" + seconds + "&query=" + query);
    ASSERT_EQ(reply.status, 200) << reply.body;
    const auto json = nlohmann::json::parse(reply.body);
    ASSERT_FALSE(json["data"].empty()) << reply.body;
    int named = 0;
    for (const auto& series : json["data"]) {
      if (series["seriesLabels"]["service_name"] != "api") continue;
      for (const auto& exemplar : series["exemplars"]) {
        const std::string trace = exemplar["labels"]["trace_id"];
        EXPECT_EQ(trace.size(), 32U);
        EXPECT_EQ(trace.substr(0, 20), std::string(20, '0'));
        ++named;
      }
    }
    EXPECT_GT(named, 0) << reply.body;
  }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
  std::vector<double> durations_;
};

TEST_F(Formats, ThreeFormatsTellTheSameToTwoServersAtOnce) {
  const TextProxy proxy(agent_.port());
  Prometheus classic(folder("classic"),
                     "  - job_name: openmetrics\n"
                     "    static_configs: [{targets: ['" +
                         agent_.listen() +
                         "']}]\n"
                         "  - job_name: text\n"
                         "    static_configs: [{targets: ['127.0.0.1:" +
                         std::to_string(proxy.port()) + "']}]\n");
  classic.enable("exemplar-storage");
  Prometheus native(folder("native"), agent_.port());
  native.enable("native-histograms,exemplar-storage");
  ASSERT_TRUE(classic.start());
  ASSERT_TRUE(native.start());
  const support::PrometheusApi of_classic(classic.port());
  const support::PrometheusApi of_native(native.port());
  const std::string count = "sum(" + std::string(kName) + "_count" + kApi + ")";
  EXPECT_TRUE(support::wait_until([&] {
    return of_classic.value("min(up)") == 1 && of_classic.value("count(up)") == 2 &&
           of_native.value("min(up)") == 1 && of_classic.value(count) == 2 * kRequests;
  })) << of_classic.value("min(up)")
      << " " << of_native.value("up") << " " << of_classic.value(count);
  EXPECT_TRUE(support::wait_until([&] {
    return of_native.value("histogram_count(" + std::string(kName) + kApi + ")") == kRequests;
  })) << of_native.value("histogram_count(" + std::string(kName) + kApi + ")");

  double sum = 0;
  for (const double duration : durations_) sum += duration;
  EXPECT_NEAR(of_native.value("histogram_sum(" + std::string(kName) + kApi + ")"), sum, 1e-6);
  for (const double share : {0.5, 0.9, 0.99}) {
    const std::string of = std::to_string(share);
    const double by_native =
        of_native.value("histogram_quantile(" + of + ", " + std::string(kName) + kApi + ")");
    EXPECT_NEAR(by_native / exact(share), 1, 0.095) << share;
    for (const char* job : {"openmetrics", "text"}) {
      // Within the classic bucket where the exact one lies; the bounds grow up to threefold.
      const double by_classic =
          of_classic.value("histogram_quantile(" + of + ", sum by (le) (" + kName +
                           "_bucket{service_name=\"api\",job=\"" + job + "\"}))");
      EXPECT_GT(by_classic, exact(share) / 3) << share << job;
      EXPECT_LT(by_classic, exact(share) * 3) << share << job;
    }
  }
  expect_exemplars(classic.port(), std::string(kName) + "_bucket");
  expect_exemplars(native.port(), kName);
  const auto page = agent_.page();
  for (const char* format : {"text", "openmetrics", "protobuf"}) {
    EXPECT_GT(page.sum("wayside_scrape_duration_seconds_count", {{"format", format}}), 0) << format;
    EXPECT_GT(page.sum("wayside_scrape_size_bytes_sum", {{"format", format}}), 0) << format;
  }
}

TEST_F(Formats, AScrapeCanBeOfSomeCollectorsOnly) {
  const auto page = agent_.get("/metrics?collect[]=access_log").body;
  EXPECT_NE(page.find("http_server_request_duration_seconds_count"), std::string::npos);
  EXPECT_NE(page.find("wayside_lines_read_total"), std::string::npos);
  EXPECT_EQ(page.find("process_cpu_seconds_total"), std::string::npos);
  const auto self = agent_.get("/metrics?collect%5B%5D=self").body;
  EXPECT_NE(self.find("process_cpu_seconds_total"), std::string::npos);
  EXPECT_EQ(self.find("\nwayside_lines_read_total{"), std::string::npos);
  const auto wrong = agent_.get("/metrics?collect[]=redis");
  EXPECT_EQ(wrong.status, 400);
  EXPECT_EQ(wrong.body, "no such collector; there are: access_log, self\n");
  EXPECT_EQ(agent_.get("/metrics?target=cache").status, 400);
}

TEST_F(Formats, PrometheusDiscoversTheAgentByHttp) {
  Prometheus prometheus(folder("sd"),
                        "  - job_name: found\n"
                        "    http_sd_configs: [{url: 'http://" +
                            agent_.listen() + "/sd', refresh_interval: 5s}]\n");
  ASSERT_TRUE(prometheus.start());
  const support::PrometheusApi api(prometheus.port());
  EXPECT_TRUE(support::wait_until(
      [&] { return api.value("up{job=\"found\",instance=\"" + agent_.listen() + "\"}") == 1; }));
}

}  // namespace
}  // namespace wayside::e2e
