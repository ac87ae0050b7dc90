#include "tests/e2e/stand.h"

#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

struct Bound {
  std::string text;
  int ms;
};

// The default bounds, as a page writes them.
const std::vector<Bound>& bounds() {
  static const std::vector<Bound> kBounds = {
      {"0.005", 5}, {"0.01", 10},  {"0.025", 25}, {"0.05", 50},  {"0.1", 100},   {"0.3", 300},
      {"0.5", 500}, {"1.0", 1000}, {"2.5", 2500}, {"5.0", 5000}, {"10.0", 10000}};
  return kBounds;
}

void observe(support::Table& table, const std::string& key, int ms) {
  for (const auto& bound : bounds()) table[key + " " + bound.text] += ms <= bound.ms ? 1 : 0;
  table[key + " +Inf"] += 1;
}

std::string key(const Truth& t) {
  return t.method + " " + t.route + " " + t.status;
}

std::string key(const TruthAttempt& attempt) {
  return attempt.address + " " + attempt.port + " " + attempt.status;
}

}  // namespace

testing::AssertionResult Stand::start(const std::string& logs, const std::string& requests,
                                      bool scraped) {
  if (auto up = nginx.start(); !up) return up;
  agent.configure("service: college-api\nrequests: " + requests + "\n" +
                  access_log_collector((dir / logs).string()));
  if (auto up = agent.start(); !up) return up;
  return scraped ? prometheus.start() : testing::AssertionSuccess();
}

testing::AssertionResult Stand::warm_up() const {
  const auto before = read_truth(nginx.truth()).size();
  const std::vector<Planned> first = {{"GET", "/api/students/1", "/api/students/:id"}};
  if (send(nginx.port(), first, 1) != 0) return testing::AssertionFailure() << "no answer";
  const bool logged =
      support::wait_until([&] { return read_truth(nginx.truth()).size() > before; });
  return testing::AssertionResult(logged) << "nginx logged it: " << logged;
}

std::vector<Truth> Stand::truth(std::size_t lines) const {
  support::wait_until([&] { return read_truth(nginx.truth()).size() >= lines; });
  return read_truth(nginx.truth());
}

support::Table request_counts(const std::vector<Truth>& truth) {
  support::Table table;
  for (const auto& t : truth) table[key(t)] += 1;
  return table;
}

support::Table request_buckets(const std::vector<Truth>& truth) {
  support::Table table;
  for (const auto& t : truth) observe(table, key(t), t.ms);
  return table;
}

support::Table attempt_counts(const std::vector<Truth>& truth) {
  support::Table table;
  for (const auto& t : truth) {
    for (const auto& attempt : t.attempts) table[key(attempt)] += 1;
  }
  return table;
}

support::Table attempt_buckets(const std::vector<Truth>& truth) {
  support::Table table;
  for (const auto& t : truth) {
    for (const auto& attempt : t.attempts) observe(table, key(attempt), attempt.ms);
  }
  return table;
}

}  // namespace wayside::e2e
