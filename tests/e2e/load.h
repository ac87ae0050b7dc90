#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/series.h"

namespace wayside::e2e {

// One request to send, and what must be told of it.
struct Planned {
  std::string method;
  std::string target;
  std::string route;  // "-": none
  int status = 200;
  std::string client = "e2e";
};

// The requests of a college's API: routes full of ids, several methods and statuses, mostly
// fast, some with a sleep of up to 700 ms. The same for the same `count`, always.
std::vector<Planned> plan(std::size_t count);

// Sends them over `threads` connections, without a pause; the number whose answer was another
// than planned. Thread-safe.
std::size_t send(std::uint16_t port, const std::vector<Planned>& requests, std::size_t threads);

// What was sent, as "GET /api/students/:id 200" → how often.
support::Table counts(const std::vector<Planned>& requests);

struct TruthAttempt {
  std::string address, port, status;
  int ms = 0;
};

// A request as nginx told the test itself of it, in a log that no agent reads.
struct Truth {
  std::string method, route, status, request_id, path;
  int ms = 0;
  std::vector<TruthAttempt> attempts{};
};
std::vector<Truth> read_truth(const std::filesystem::path& log);

}  // namespace wayside::e2e
