#include "tests/e2e/agent_process.h"

#include <sstream>

#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {

std::string wayside_binary() {
  return WAYSIDE_BINARY;
}

std::string access_log_collector(const std::string& path) {
  return "collectors:\n  access_log:\n    - path: " + path + "\n      start_at: beginning\n" +
         "      format: '" + Nginx::kFormat + "'\n";
}

Agent::Agent(std::filesystem::path dir) : dir_(std::move(dir)), port_(support::free_port()) {}

void Agent::configure(std::string_view text) const {
  support::write_file(config_file(), std::string(text) + "exporters:\n  prometheus: {listen: \"" +
                                         listen() + "\"" + settings_ + "}\n  events: {file: " +
                                         (dir_ / "events.jsonl").string() + "}\n");
}

testing::AssertionResult Agent::start(std::vector<std::string> arguments) {
  support::Command command{.words = std::move(arguments)};
  if (command.words.empty()) command.words = {"run", "--config", config_file().string()};
  command.words.insert(command.words.begin(), wayside_binary());
  command.input = input_;
  command.output = dir_ / "agent.out";
  command.errors = dir_ / "agent.err";
  process_.emplace(command);
  const bool ready =
      support::wait_until([this] { return !process_->running() || get("/-/ready").status == 200; });
  if (!ready || !process_->running()) return testing::AssertionFailure() << output();
  return testing::AssertionSuccess();
}

int Agent::stop() {
  return process_->stop();
}

std::string Agent::output() const {
  return support::read_file(dir_ / "agent.out") + support::read_file(dir_ / "agent.err");
}

support::HttpReply Agent::get(const std::string& target) const {
  return tls_ ? support::https_get(port_, *tls_, target, headers_)
              : support::http_get(port_, target, headers_);
}

void Agent::secure(std::string settings, support::HttpTls tls, support::HttpHeaders headers) {
  settings_ = std::move(settings);
  tls_ = std::move(tls);
  headers_ = std::move(headers);
}

support::Page Agent::page() const {
  const auto reply = get("/metrics");
  EXPECT_EQ(reply.status, 200) << reply.error << reply.body << output();
  auto page = support::parse_page(reply.body);
  for (const auto& error : page.errors) ADD_FAILURE() << error;
  return page;
}

std::vector<nlohmann::json> Agent::events(std::string_view name) const {
  std::vector<nlohmann::json> events;
  std::istringstream lines(support::read_file(dir_ / "events.jsonl"));
  for (std::string line; std::getline(lines, line);) {
    if (lines.eof()) break;  // a line without its end is being written
    auto event = nlohmann::json::parse(line, nullptr, false);
    EXPECT_TRUE(event.is_object()) << line;
    if (event.is_object() && event.value("event", "") == name) events.push_back(std::move(event));
  }
  return events;
}

}  // namespace wayside::e2e
