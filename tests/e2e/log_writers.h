#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/support/http.h"
#include "tests/support/process.h"

namespace wayside::e2e {

// A program that answers requests and writes an access log of its own, in a directory of its own.
// All of them answer with the status and after the milliseconds that a query asks for.
class LogWriter {
 public:
  explicit LogWriter(std::filesystem::path dir) : dir_(std::move(dir)) {}

  // Reverse proxies in front of an upstream. `format`: Apache's LogFormat without its quotes;
  // HAProxy's `option` ("httplog", "httplog clf").
  testing::AssertionResult start_apache(std::uint16_t upstream, const std::string& format);
  testing::AssertionResult start_nginx_json(std::uint16_t upstream);  // with escape=json
  testing::AssertionResult start_haproxy(std::uint16_t upstream, const std::string& option);
  // Services. gunicorn with its own format where none is given, its logger's prefix where asked
  // for; Express with a logger of tests/e2e/node/app.js.
  testing::AssertionResult start_gunicorn(const std::string& format, bool prefixed);
  testing::AssertionResult start_uvicorn(bool coloured);
  testing::AssertionResult start_express(const std::string& logger);

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t pid() const { return process_->pid(); }
  [[nodiscard]] std::filesystem::path log() const { return dir_ / "access.log"; }

 private:
  // Runs a command and waits until GET /ready is answered, which its log then tells of.
  testing::AssertionResult run(support::Command command);

  std::filesystem::path dir_;
  std::uint16_t port_ = support::free_port();
  std::optional<support::Process> process_;
};

// Whether Node and what its services need are here: installed once by npm, into the build. Says
// why where they are not; without npm there is nothing to be done.
enum class NodeState : std::uint8_t { ready, no_npm, failed };
NodeState prepare_node(std::string& why);
// The script of PM2, once Node is ready.
std::string pm2_program();

}  // namespace wayside::e2e
