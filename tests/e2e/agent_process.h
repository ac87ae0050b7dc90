#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/http.h"
#include "tests/support/process.h"
#include "tests/support/series.h"

namespace wayside::e2e {

// The wayside program with its config, its output and its event log in one directory.
class Agent {
 public:
  explicit Agent(std::filesystem::path dir);

  // Writes the config: this text, and exporters that serve on the agent's port and write events
  // to a file.
  void configure(std::string_view text) const;
  // `settings` of the endpoint besides `listen` (", tls: {…}"), for the next configure, and how to
  // ask it from now on.
  void secure(std::string settings, support::HttpTls tls, support::HttpHeaders headers);
  // Its standard input, from the next start on.
  void feed(std::filesystem::path input) { input_ = std::move(input); }
  // Runs it with the config, or with `arguments` instead, and waits until it is ready.
  testing::AssertionResult start(std::vector<std::string> arguments = {});
  // Ends it by SIGTERM; its exit code.
  int stop();
  void signal(int number) const { process_->signal(number); }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string listen() const { return "127.0.0.1:" + std::to_string(port_); }
  [[nodiscard]] std::filesystem::path config_file() const { return dir_ / "wayside.yaml"; }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }
  [[nodiscard]] std::string output() const;  // what it wrote to stdout and stderr
  [[nodiscard]] support::HttpReply get(const std::string& target) const;
  [[nodiscard]] support::Page page() const;  // /metrics; a wrong page fails the test
  // The lines of the event log of this name; a line that is no JSON object fails the test.
  [[nodiscard]] std::vector<nlohmann::json> events(std::string_view name) const;

 private:
  std::filesystem::path dir_;
  std::uint16_t port_;
  std::string settings_;
  std::optional<support::HttpTls> tls_;
  support::HttpHeaders headers_;
  std::filesystem::path input_ = "/dev/null";
  std::optional<support::Process> process_;
};

// The program under test.
std::string wayside_binary();

// `collectors` of a config that reads this nginx log from its beginning.
std::string access_log_collector(const std::string& path);

}  // namespace wayside::e2e
