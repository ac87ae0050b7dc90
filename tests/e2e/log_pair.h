#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/log_writers.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"

namespace wayside::e2e {

// Where requests are counted, by whether their log tells durations.
inline constexpr const char* kTimed = "http_server_request_duration_seconds_count";
inline constexpr const char* kUntimed = "wayside_requests_without_latency_total";

// A program that writes a log, and the agent that reads it.
struct LogPair {
  support::TempDir dir;
  Upstream upstream{false};
  LogWriter writer{dir.path()};
  Agent agent{dir.path()};

  testing::AssertionResult start_agent(const std::string& format);
  // Requests that the agent knows of.
  [[nodiscard]] double counted() const;
};

// Sends some hundred requests to a writer that runs, slow ones among them, and compares what the
// agent counted in `family`, by method, route and status, and which requests it calls slow.
// `unread`: the lines that are none of requests.
void expect_agreement(LogPair& pair, const std::string& format, const char* family,
                      double unread = 0);

}  // namespace wayside::e2e
