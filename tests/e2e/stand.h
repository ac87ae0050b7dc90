#pragma once

#include "tests/e2e/agent_process.h"
#include "tests/e2e/load.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"

namespace wayside::e2e {

// All of it: two upstreams, nginx in front of them, the agent that reads nginx's log, and
// Prometheus that scrapes the agent.
struct Stand {
  support::TempDir dir;
  Upstream steady{false};
  Upstream failing{true};
  Nginx nginx{dir.path(), steady.port(), failing.port()};
  Agent agent{dir.path()};
  Prometheus prometheus{dir.path(), agent.port()};
  support::PrometheusApi api{prometheus.port()};

  // Starts everything. The agent reads `logs` below the directory, judged by `requests`, the
  // YAML text of the config's section of that name. Prometheus is left out where not wanted.
  testing::AssertionResult start(const std::string& logs = "access.log",
                                 const std::string& requests = "{}", bool scraped = true);
  // One answered request by route, so that a 404 that comes later has a route to belong to.
  testing::AssertionResult warm_up() const;
  // What nginx logged, once these many lines are there.
  [[nodiscard]] std::vector<Truth> truth(std::size_t lines) const;
};

// Counts of requests in nginx's log, as "GET /api/students/:id 200".
support::Table request_counts(const std::vector<Truth>& truth);
// The same in the order of the default buckets: "GET /api/students/:id 200 0.1", cumulative.
support::Table request_buckets(const std::vector<Truth>& truth);
// Attempts as "127.0.0.1 8080 200", and by bucket.
support::Table attempt_counts(const std::vector<Truth>& truth);
support::Table attempt_buckets(const std::vector<Truth>& truth);

// Waits until Prometheus has seen as many requests, and then compares every count, bucket and sum
// of requests and attempts with nginx's log; again some scrapes later, when nothing may have been
// added.
void expect_prometheus_agrees(const Stand& stand, const std::vector<Truth>& truth);

}  // namespace wayside::e2e
