// What it costs to record a request: its route, its series, its window, its attempts. Paths carry
// ids that never repeat soon, as real ones do.
#include <benchmark/benchmark.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "agent/requests/recorder.h"
#include "agent/requests/route_text.h"

namespace wayside {
namespace {

class NoEvents final : public EventSink {
 public:
  void emit(Event) override {}
};

std::string hex(std::mt19937& random, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += "0123456789abcdef"[random() % 16];
  return text;
}

std::string path_of(std::mt19937& random, std::size_t kind) {
  const std::string id = std::to_string(random() % 1'000'000);
  switch (kind) {
    case 0:
      return "/api/students/" + id;
    case 1:
      return "/api/students/" + id + "/orders/" + std::to_string(random() % 100);
    case 2:
      return "/api/courses?page=" + id;
    case 3:
      return "/api/v1/enrolments/" + hex(random, 8) + "-" + hex(random, 4) + "-4" + hex(random, 3) +
             "-a" + hex(random, 3) + "-" + hex(random, 12);
    case 4:
      return "/static/app." + hex(random, 8) + ".js";
    case 5:
      return "/api/attendance/2026-11-23/students/" + id;
    case 6:
      return "/health";
    default:
      return "/api/teachers/" + id + "/timetable";
  }
}

// 8,192 requests of the kinds given, their texts and attempts.
struct Load {
  explicit Load(const std::vector<std::size_t>& kinds, std::size_t attempts_each) {
    std::mt19937 random(42);
    paths.reserve(8'192);
    for (std::size_t i = 0; i < 8'192; ++i) {
      paths.push_back(path_of(random, kinds[random() % kinds.size()]));
      Request request;
      request.ended = WallTime{std::chrono::seconds{1'700'000'000 + i / 1'000}};
      request.total = Micros{random() % 900'000};
      request.method = Method::get;
      request.status = random() % 20 == 0 ? 500 : 200;
      request.path = paths.back();
      request.attempts = {attempts.data(), attempts_each};
      requests.push_back(request);
    }
  }
  std::array<Attempt, 2> attempts = {Attempt{"10.0.0.1:8080", 200, Micros{16'000}},
                                     Attempt{"10.0.0.2:8080", 200, Micros{7'000}}};
  std::vector<std::string> paths;
  std::vector<Request> requests;
};

const std::vector<std::size_t> kIds = {0, 1, 2, 7};
const std::vector<std::size_t> kAllKinds = {0, 1, 2, 3, 4, 5, 6, 7};

void record(benchmark::State& state, const Load& load, const RequestRules& rules) {
  const ManualClock clock;
  Store store(clock);
  Result<Shard> shard = store.shard();
  NoEvents events;
  Facts facts;
  auto recorder = Recorder::create({store, events, facts, clock}, *shard, "shop", rules);
  for (auto _ : state) recorder.value()->on(load.requests);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * load.requests.size()));
}

void templates(benchmark::State& state, const std::vector<std::size_t>& kinds) {
  const Load load(kinds, 0);
  TemplateBuffer buffer;
  for (auto _ : state) {
    for (const Request& request : load.requests) {
      benchmark::DoNotOptimize(path_template(request.path, buffer, request.path_padded).size());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * load.requests.size()));
}

void BM_TemplateNumericIds(benchmark::State& state) {
  templates(state, kIds);
}
void BM_TemplateAllKinds(benchmark::State& state) {
  templates(state, kAllKinds);
}
void BM_RecordOnePath(benchmark::State& state) {
  record(state, Load({6}, 0), {});
}
void BM_RecordNumericIds(benchmark::State& state) {
  record(state, Load(kIds, 0), {});
}
void BM_RecordAllKinds(benchmark::State& state) {
  record(state, Load(kAllKinds, 0), {});
}
void BM_RecordWithOneAttempt(benchmark::State& state) {
  record(state, Load(kIds, 1), {});
}
void BM_RecordWithTwoAttempts(benchmark::State& state) {
  record(state, Load(kIds, 2), {});
}
void BM_RecordWithIgnoreAndTemplates(benchmark::State& state) {
  RequestRules rules;
  rules.ignore = {"/health", "/static/*"};
  rules.routes = {"/api/students/:id", "/api/students/:id/orders/:id"};
  record(state, Load(kIds, 0), rules);
}

BENCHMARK(BM_TemplateNumericIds);
BENCHMARK(BM_TemplateAllKinds);
BENCHMARK(BM_RecordOnePath);
BENCHMARK(BM_RecordNumericIds);
BENCHMARK(BM_RecordAllKinds);
BENCHMARK(BM_RecordWithOneAttempt);
BENCHMARK(BM_RecordWithTwoAttempts);
BENCHMARK(BM_RecordWithIgnoreAndTemplates);

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
