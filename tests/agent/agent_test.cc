#include "agent/agent.h"

#include <gtest/gtest.h>
#include <httplib.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <optional>
#include <thread>

namespace wayside {
namespace {

using namespace std::chrono_literals;

// An agent in this process on a port of its own, with its files in a folder that goes with it.
class AgentTest : public testing::Test {
 protected:
  AgentTest() {
    std::filesystem::create_directories(folder_);
    LogConfig quiet;
    quiet.file = file("agent.log");
    log_ = std::move(AgentLog::open(quiet, clock_)).value();
  }
  ~AgentTest() override {
    agent_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  Config config_of(const std::string& text, const std::string& listen = "127.0.0.1:0") {
    auto loaded = parse_config("log: {file: \"" + file("agent.log") + "\"}\n" + text, "w.yaml");
    if (auto* problems = std::get_if<ConfigProblems>(&loaded)) {
      ADD_FAILURE() << show_problems(*problems);
      return {};
    }
    Config config = std::get<Config>(std::move(loaded));
    config.prometheus.listen = listen;
    config.events.file = file("events.log");
    return config;
  }

  void start(const std::string& text) {
    auto agent = Agent::start(config_of(text), environment_, *log_,
                              [] { return Result<void>(Error{"nobody reloads here"}); });
    ASSERT_TRUE(agent) << agent.error().message;
    agent_ = std::move(agent).value();
  }

  std::string get(const std::string& path) {
    httplib::Client client(agent_->url());
    auto answer = client.Get(path);
    return answer ? answer->body : "no answer: " + httplib::to_string(answer.error());
  }

  // The page once it holds `text`, or what it held last.
  std::string page_with(const std::string& text) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    std::string page = get("/metrics");
    while (page.find(text) == std::string::npos && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(20ms);
      page = get("/metrics");
    }
    return page;
  }
  void expect_on_page(const std::string& text) {
    const std::string page = page_with(text);
    EXPECT_NE(page.find(text), std::string::npos) << text << " is not on\n" << page;
  }

  void append(int lines, int status = 200) {
    std::ofstream log(file("access.log"), std::ios::app);
    for (int i = 0; i < lines; ++i) {
      log << "127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] \"GET /api/students/" << i
          << " HTTP/1.1\" " << status << " 12 \"-\" \"curl\" 0.012\n";
    }
  }

  std::string log_config(const std::string& more = "") {
    return "service: shop\ncollectors:\n  access_log: [{path: \"" + file("access.log") +
           "\", start_at: beginning}]\n" + more;
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("wayside-agent-test-" + std::to_string(::getpid()) + "-" +
                                   testing::UnitTest::GetInstance()->current_test_info()->name());
  SystemClock clock_;
  Environment environment_{.clock = &clock_};
  std::unique_ptr<AgentLog> log_;
  std::unique_ptr<Agent> agent_;
};

// Now, as nginx writes it.
std::string nginx_time() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%d/%b/%Y:%H:%M:%S +0000", &parts);
  return text.data();
}

// The count of the one series the logs of these tests have.
std::string count_line(int count, const std::string& labels = "") {
  return "http_server_request_duration_seconds_count{service_name=\"shop\",http_request_method="
         "\"GET\",http_route=\"/api/students/:id\",http_response_status_code=\"200\"" +
         labels + "} " + std::to_string(count) + "\n";
}

TEST_F(AgentTest, ObservesItsOwnEndpointAsTheServiceWayside) {
  start("collectors: {own_endpoint: {}}");
  get("/-/healthy");
  expect_on_page("service_name=\"wayside\",http_request_method=\"GET\",http_route=\"/-/healthy\"");
  expect_on_page("process_resident_memory_bytes");
  expect_on_page("wayside_config_last_reload_successful 1");
}

TEST_F(AgentTest, HealthHasTheShapeOfTheContract) {
  start("");
  const auto health = nlohmann::json::parse(get("/health"));
  EXPECT_EQ(health.at("status"), "healthy");
  EXPECT_TRUE(health.at("timestamp").is_string());
  EXPECT_TRUE(health.at("uptime").is_number());
  EXPECT_TRUE(health.at("memory").is_object());
  EXPECT_TRUE(health.at("services").is_object());
}

TEST_F(AgentTest, ReloadKeepsCountsAndPositions) {
  append(3);
  start(log_config());
  expect_on_page(count_line(3));
  ASSERT_TRUE(agent_->reload(config_of(log_config("requests: {slow_after: 2s}"))).ok());
  append(2);
  expect_on_page(count_line(5));
  expect_on_page("wayside_source_files{collector=\"access_log\",source=\"" + file("access.log") +
                 "\"} 1\n");
}

TEST_F(AgentTest, ARouteThatWasProvenIsKnownAfterAReload) {
  append(1);
  start(log_config());
  expect_on_page(count_line(1));
  ASSERT_TRUE(agent_->reload(config_of(log_config("requests: {slow_after: 2s}"))).ok());
  append(2, 404);
  expect_on_page("http_route=\"/api/students/:id\",http_response_status_code=\"404\"} 2\n");
}

TEST_F(AgentTest, AnAgentThatBeginsToObserveItselfKeepsTheGaugesOfTheOthersRight) {
  append(1);
  start(log_config());
  expect_on_page(count_line(1));
  Config both = config_of(log_config());
  both.own_requests = true;
  ASSERT_TRUE(agent_->reload(both).ok());
  append(1);
  expect_on_page(count_line(2));
  expect_on_page("wayside_source_files{collector=\"access_log\",source=\"" + file("access.log") +
                 "\"} 1\n");
}

TEST_F(AgentTest, OtherBucketsBeginThatFamilyAnew) {
  append(3);
  start(log_config());
  expect_on_page(count_line(3));
  ASSERT_TRUE(agent_->reload(config_of(log_config("requests: {buckets: [0.01, 0.1, 1]}"))).ok());
  append(1);
  expect_on_page(count_line(1));
  const std::string page = get("/metrics");
  EXPECT_NE(page.find("le=\"0.01\""), std::string::npos) << page;
  EXPECT_EQ(page.find("http_response_status_code=\"200\",le=\"0.005\""), std::string::npos);
}

TEST_F(AgentTest, OtherConstantLabelsNeverCarryOldCounts) {
  append(3);
  start(log_config("labels: {env: a}\n"));
  expect_on_page(count_line(3, ",env=\"a\""));
  ASSERT_TRUE(agent_->reload(config_of(log_config("labels: {env: b}\n"))).ok());
  append(1);
  expect_on_page(count_line(1, ",env=\"b\""));
}

TEST_F(AgentTest, LinesThatCannotBeReadAreOnThePageOfProblems) {
  append(9);
  std::ofstream(file("access.log"), std::ios::app) << "rubbish with password=hunter2\n";
  start(log_config());
  expect_on_page(count_line(9));
  expect_on_page("reason=\"no_match\"} 1\n");
  const auto problems = nlohmann::json::parse(get("/api/problems"))["problems"];
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0]["source"], file("access.log"));
  EXPECT_EQ(problems[0]["example"], "rubbish with password=[redacted]");
  EXPECT_TRUE(nlohmann::json::parse(get("/api/problems?source=other"))["problems"].empty());
}

TEST_F(AgentTest, ClientsWithFailuresAreOnThePageOfClients) {
  start("collectors: {own_endpoint: {}}");
  EXPECT_TRUE(nlohmann::json::parse(get("/api/clients"))["services"].empty());
  append(1);
  start(log_config());
  std::ofstream(file("access.log"), std::ios::app)
      << "192.0.2.7 - - [" << nginx_time() << "] \"GET /a HTTP/1.1\" 503 12 \"-\" \"curl\" 0.012\n";
  const auto deadline = std::chrono::steady_clock::now() + 20s;
  nlohmann::json services;
  while (services.empty() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(20ms);
    services = nlohmann::json::parse(get("/api/clients?service=shop"))["services"];
  }
  ASSERT_EQ(services.size(), 1U);
  EXPECT_EQ(services[0]["service"], "shop");
  EXPECT_EQ(services[0]["troubled"].dump(), R"([{"client":"192.0.2.7","failed":1,"requests":1}])");
}

TEST_F(AgentTest, AnAddressInUseIsRefusedAndTheConfigBeforeGoesOn) {
  start(log_config());
  const std::string url = agent_->url();
  const std::string taken = url.substr(url.find("//") + 2);
  const std::unique_ptr<Agent> first = std::move(agent_);
  start(log_config());
  const auto refused = agent_->reload(config_of(log_config(), taken));
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find(taken), std::string::npos) << refused.error().message;
  append(2);
  expect_on_page(count_line(2));
}

TEST_F(AgentTest, AnotherAddressIsServedAfterAReload) {
  start(log_config());
  const std::string before = agent_->url();
  ASSERT_TRUE(agent_->reload(config_of(log_config(), "localhost:0")).ok());
  EXPECT_NE(agent_->url(), before);
  expect_on_page("wayside_build_info");
  agent_->tick();
  httplib::Client old(before);
  EXPECT_FALSE(old.Get("/-/healthy")) << "the old endpoint is gone";
}

// The figure of the series that begins so; nothing where the page has none.
std::optional<double> figure_on(const std::string& page, const std::string& series) {
  const std::size_t at = page.find("\n" + series);
  if (at == std::string::npos) return std::nullopt;
  return std::stod(page.substr(page.find(' ', at + series.size())));
}

void use_the_cpu(std::chrono::milliseconds length) {
  const std::clock_t until =
      std::clock() + static_cast<std::clock_t>(length.count() * CLOCKS_PER_SEC / 1000);
  while (std::clock() < until) {
  }
}

TEST_F(AgentTest, AReloadLeavesTheCountersOfProcessesWhereTheirSectionIsTheSame) {
  const std::string own = std::string(program_invocation_short_name).substr(0, 15);
  const auto processes = [&](const std::string& more) {
    return "collectors:\n  processes: {name: own, comm: " + own + more + "}\n";
  };
  const auto told = [&] {
    const std::string page = get("/metrics");
    const std::string front = "namedprocess_namegroup_cpu_seconds_total{groupname=\"own\",mode=";
    return figure_on(page, front + "\"user\"").value_or(-9) +
           figure_on(page, front + "\"system\"").value_or(-9);
  };
  start(processes(""));
  EXPECT_EQ(told(), 0);
  use_the_cpu(300ms);
  ASSERT_TRUE(agent_->reload(config_of("requests: {slow_after: 7s}\n" + processes(""))));
  EXPECT_GT(told(), 0.1);
  ASSERT_TRUE(agent_->reload(config_of(processes(", children: false"))));
  EXPECT_EQ(told(), 0) << "another section begins anew";
  use_the_cpu(300ms);
  ASSERT_TRUE(agent_->reload(config_of("labels: {env: x}\n" + processes(", children: false"))));
  EXPECT_EQ(told(), 0) << "and so do other constant labels";
}

}  // namespace
}  // namespace wayside
