// What it costs to record a request: its route, its series, its window, its attempts. Paths carry
// ids that never repeat soon, as real ones do.
#include <benchmark/benchmark.h>

#include <vector>

#include "agent/requests/recorder.h"
#include "agent/requests/route_text.h"
#include "tests/bench/request_load.h"

namespace wayside::bench {
namespace {

class NoEvents final : public EventSink {
 public:
  void emit(Event) override {}
};

void record(benchmark::State& state, const RequestLoad& load, const RequestRules& rules) {
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
  const RequestLoad load(kinds, 0);
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
  record(state, RequestLoad({6}, 0), {});
}
void BM_RecordNumericIds(benchmark::State& state) {
  record(state, RequestLoad(kIds, 0), {});
}
void BM_RecordAllKinds(benchmark::State& state) {
  record(state, RequestLoad(kAllKinds, 0), {});
}
void BM_RecordWithOneAttempt(benchmark::State& state) {
  record(state, RequestLoad(kIds, 1), {});
}
void BM_RecordWithTwoAttempts(benchmark::State& state) {
  record(state, RequestLoad(kIds, 2), {});
}
void BM_RecordWithIgnoreAndTemplates(benchmark::State& state) {
  RequestRules rules;
  rules.ignore = {"/health", "/static/*"};
  rules.routes = {"/api/students/:id", "/api/students/:id/orders/:id"};
  record(state, RequestLoad(kIds, 0), rules);
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
}  // namespace wayside::bench

BENCHMARK_MAIN();
