#include "agent/run.h"

#include <fmt/format.h>

#include <cstdio>

#include "agent/agent.h"
#include "agent/banner.h"
#include "agent/core/line_output.h"
#include "agent/main_loop.h"
#include "exporters/prometheus/warnings.h"

namespace wayside {
namespace {

int fail(std::string_view why) {
  fmt::print(stderr, "wayside: {}\n", why);
  return 1;
}

// Reads the config again and hands it to the agent; logs what came of it.
Result<void> reload(Agent& agent, const ConfigSource& source, Log& log) {
  auto loaded = load_config(source);
  Result<void> result;
  if (auto* problems = std::get_if<ConfigProblems>(&loaded)) {
    result = Error{show_problems(*problems)};
    agent.reload_failed();
    for (const ConfigProblem& problem : *problems) log.write(Level::error, problem.text());
  } else if (result = agent.reload(std::get<Config>(std::move(loaded))); !result) {
    agent.reload_failed();
    log.write(Level::error, result.error().message);
  }
  log.write(result ? Level::info : Level::error,
            result ? "config reloaded" : "reload refused; the config before stays in use");
  return result;
}

std::string where_events_go(const EventsConfig& events) {
  return events.file == "-" ? "standard output" : events.file;
}

void greet(const Agent& agent, const ConfigSource& source, std::string events) {
  Banner banner{.version = WAYSIDE_VERSION,
                .url = agent.url(),
                .exposed = agent.is_exposed(),
                .observed = agent.describe(),
                .events = std::move(events),
                .config = std::nullopt,
                .told_what = !source.access_logs.empty()};
  if (source.file) banner.config = source.file->string();
  fmt::print(stderr, "{}", show_banner(banner));
}

int serve(const ConfigSource& source, Config config, MainLoop& loop) {
  const SystemClock clock;
  const Environment environment{.clock = &clock};
  auto log = AgentLog::open(config.log, clock);
  if (!log) return fail(log.error().message);
  const std::string events = where_events_go(config.events);
  auto agent = Agent::start(std::move(config), environment, **log,
                            [&loop] { return loop.request_reload(); });
  if (!agent) return fail(agent.error().message);
  greet(**agent, source, events);
  loop.run({.reload = [&] { return reload(**agent, source, **log); },
            .tick = [&] { (*agent)->tick(); }});
  return 0;
}

// Tries every target once, and says what came of each.
bool try_targets(const Config& config) {
  bool good = true;
  const auto say = [&good](std::string_view name, const Result<std::string>& report) {
    good = good && report.ok();
    fmt::print("{} {}: {}\n", report ? "ok    " : "FAILED", name,
               report ? *report : report.error().message);
  };
  const auto try_file = [&say](std::string_view name, const std::string& file) {
    if (file == "-") return;
    const auto tried = LineOutput::try_path(file);
    say(name, tried ? Result<std::string>(file) : Result<std::string>(tried.error()));
  };
  try_file("log", config.log.file);
  try_file("exporters.events", config.events.file);
  for (const CollectorPlan& plan : config.collectors) {
    for (const auto& try_target : plan.checks) say(plan.name, try_target());
  }
  return good;
}

}  // namespace

int run(const ConfigSource& source) {
  auto loop = MainLoop::create();
  if (!loop) return fail(loop.error().message);
  auto loaded = load_config(source);
  if (const auto* problems = std::get_if<ConfigProblems>(&loaded)) {
    fmt::print(stderr, "{}", show_problems(*problems));
    return 1;
  }
  return serve(source, std::get<Config>(std::move(loaded)), **loop);
}

int check(const ConfigSource& source) {
  auto loaded = load_config(source);
  if (const auto* problems = std::get_if<ConfigProblems>(&loaded)) {
    fmt::print(stderr, "{}", show_problems(*problems));
    return 1;
  }
  const Config& config = std::get<Config>(loaded);
  for (const std::string& warning : prometheus_warnings(config.prometheus)) {
    fmt::print("warning prometheus: {}\n", warning);
  }
  const bool good = try_targets(config);
  fmt::print("{}: {}\n", source.file->string(), good ? "good" : "valid, but see above");
  return good ? 0 : 1;
}

}  // namespace wayside
