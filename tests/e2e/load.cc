#include "tests/e2e/load.h"

#include <atomic>
#include <thread>

#include "tests/support/http.h"

namespace wayside::e2e {
namespace {

std::string id(std::size_t i) {
  return std::to_string(100 + i * 7919 % 9000);
}

std::string uuid(std::size_t i) {
  return "6f1e2d3c-4b5a-4978-8a6b-" + std::to_string(100'000'000'000 + i * 104'729);
}

// Out of a hundred requests: what each asks for.
Planned at(std::size_t i) {
  const auto slot = i * 37 % 100;
  const auto ms = std::to_string(slot % 5 == 0 ? i % 20 : 0);
  if (slot < 40) return {"GET", "/api/students/" + id(i) + "?ms=" + ms, "/api/students/:id"};
  if (slot < 50) return {"GET", "/api/students?page=" + id(i) + "&ms=" + ms, "/api/students"};
  if (slot < 58) return {"POST", "/api/students?status=201&ms=30", "/api/students", 201};
  if (slot < 64) return {"PUT", "/api/students/" + id(i) + "?ms=5", "/api/students/:id"};
  if (slot < 68)
    return {"DELETE", "/api/students/" + id(i) + "?status=204", "/api/students/:id", 204};
  if (slot < 74)
    return {"GET", "/api/orders/" + uuid(i) + "/items/" + id(i), "/api/orders/:uuid/items/:id"};
  if (slot < 80) return {"GET", "/api/students/" + id(i) + "?status=404", "/api/students/:id", 404};
  if (slot < 82) return {"GET", "/wp-admin/" + id(i) + "/setup.php", "-", 404};
  if (slot < 84)
    return {"GET", "/api/students/" + id(i) + "?status=500&ms=120", "/api/students/:id", 500};
  if (slot < 86) return {"GET", "/old", "/old", 301};
  if (slot < 88) return {"GET", "/static/logo.svg", "/static/logo.svg"};
  if (slot < 92) return {"GET", "/api/unsteady/" + id(i), "/api/unsteady/:id"};
  if (slot < 96) return {"GET", "/api/refused/" + id(i), "/api/refused/:id"};
  if (slot < 98) return {"GET", "/api/report?ms=" + std::to_string(60 + i % 300), "/api/report"};
  if (slot < 99) return {"HEAD", "/api/students/" + id(i), "/api/students/:id"};
  return {"GET", "/api/report?ms=" + std::to_string(500 + i % 200), "/api/report"};
}

}  // namespace

std::vector<Planned> plan(std::size_t count) {
  std::vector<Planned> requests;
  for (std::size_t i = 0; i < count; ++i) requests.push_back(at(i));
  return requests;
}

std::size_t send(std::uint16_t port, const std::vector<Planned>& requests, std::size_t threads) {
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> wrong{0};
  const auto work = [&] {
    support::HttpClient client(port);
    for (auto i = next.fetch_add(1); i < requests.size(); i = next.fetch_add(1)) {
      const auto& request = requests[i];
      const support::HttpHeaders headers{{"X-Route", request.route},
                                         {"User-Agent", request.client}};
      if (client.send(request.method, request.target, headers).status != request.status) ++wrong;
    }
  };
  std::vector<std::thread> crew;
  for (std::size_t i = 0; i < threads; ++i) crew.emplace_back(work);
  for (auto& thread : crew) thread.join();
  return wrong;
}

support::Table counts(const std::vector<Planned>& requests) {
  support::Table table;
  for (const auto& request : requests) {
    table[request.method + " " + request.route + " " + std::to_string(request.status)] += 1;
  }
  return table;
}

}  // namespace wayside::e2e
