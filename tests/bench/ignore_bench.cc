// What it costs a request to be judged by `ignore` and `ignore_bots`, beside the bare search for
// the tokens without any memory.
#include <benchmark/benchmark.h>
#include <re2/re2.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "agent/requests/bot_rule.h"
#include "agent/requests/ignore_rule.h"

namespace wayside {
namespace {

constexpr std::array<std::string_view, 4> kAgents = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "okhttp/4.9.3"};
constexpr std::array<std::string_view, 4> kPaths = {
    "/api/students/1234567", "/api/report?from=2026", "/health", "/assets/app.3f2a.js"};

void remembered_agents(benchmark::State& state) {
  BotRule rule(1);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(rule.matches(kAgents[i++ % kAgents.size()]));
}

void new_agents(benchmark::State& state) {
  BotRule rule(1);
  std::string agent(kAgents[0]);
  std::uint64_t i = 0;
  for (auto _ : state) {
    agent.replace(agent.size() - 4, 4, std::to_string(1'000 + i++ % 9'000));
    benchmark::DoNotOptimize(rule.matches(agent));
  }
}

void bare_search(benchmark::State& state) {
  const RE2 tokens("(?i)bot|crawl|spider|slurp|monitor|probe|check|scan");
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(RE2::PartialMatch(kAgents[i++ % kAgents.size()], tokens));
  }
}

void paths_by_words(benchmark::State& state) {
  const IgnoreRule rule(std::vector<std::string>{"health", "static"});
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(rule.match(kPaths[i++ % kPaths.size()]));
}

void paths_by_patterns(benchmark::State& state) {
  const IgnoreRule rule(std::vector<std::string>{"/health", "/static/*"});
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(rule.match(kPaths[i++ % kPaths.size()]));
}

BENCHMARK(remembered_agents);
BENCHMARK(new_agents);
BENCHMARK(bare_search);
BENCHMARK(paths_by_words);
BENCHMARK(paths_by_patterns);

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
