#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string_view>
#include <unordered_map>

#include "agent/core/time.h"

namespace wayside {

// How often each client (see client_network) failed to show who it is, so that nobody guesses for
// long. Each failure is forgiven after a while;
// at `most` of them the client waits. Bounded: beyond `clients` the one that failed longest ago is
// forgotten. Thread-safe.
class FailedAttempts {
 public:
  struct Rule {
    double most = 10;
    std::chrono::milliseconds forgiven_in{6'000};  // each
    std::size_t clients = 4096;
  };

  explicit FailedAttempts(Rule rule) : rule_(rule) {}

  // How many failures are not forgiven yet.
  [[nodiscard]] double of(std::string_view client, SteadyTime now) const;
  // How long the client has to wait; zero: not at all.
  [[nodiscard]] std::chrono::seconds wait_of(std::string_view client, SteadyTime now) const;
  // Counts one more. True where it is the one that makes the client wait.
  bool failed(std::string_view client, SteadyTime now);

 private:
  struct Record {
    std::uint64_t client;
    double failures;
    SteadyTime at;
  };
  using Records = std::list<Record>;

  [[nodiscard]] double left(const Record& record, SteadyTime now) const;
  [[nodiscard]] double left_of(std::string_view client, SteadyTime now) const;

  Rule rule_;
  mutable std::mutex mutex_;
  Records records_;  // the one that failed last at the end
  std::unordered_map<std::uint64_t, Records::iterator> by_client_;
};

}  // namespace wayside
