// One pass over a machine with 2,000 more processes and over the host (read, tell, render) beside a
// scrape of Debian's process-exporter and node-exporter of the same machine, in CPU time of the
// same run.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/core/small_file.h"
#include "agent/store/exposition.h"
#include "agent/system/process_stat.h"
#include "agent/system/units.h"
#include "collectors/host/collector.h"
#include "collectors/host/config.h"
#include "collectors/processes/collector.h"
#include "tests/support/http.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside {
namespace {

constexpr int kProcesses = 2000;
constexpr int kRounds = 10;

struct NoEvents final : EventSink {
  void emit(Event) override {}
};

// Sleeping processes with command lines of their own: "bench-worker N".
class Sleepers {
 public:
  explicit Sleepers(int count) {
    for (int i = 0; i < count; ++i) {
      const pid_t pid = ::fork();
      if (pid == 0) {
        const std::string number = "bench-worker " + std::to_string(i % 100) + ".";
        ::execl("/bin/sleep", number.c_str(), "3600", nullptr);
        _exit(1);
      }
      if (pid > 0) pids_.push_back(pid);
    }
  }
  ~Sleepers() {
    for (const pid_t pid : pids_) ::kill(pid, SIGKILL);
    for (const pid_t pid : pids_) ::waitpid(pid, nullptr, 0);
  }
  Sleepers(const Sleepers&) = delete;

 private:
  std::vector<pid_t> pids_;
};

double own_cpu() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::optional<double> cpu_of(pid_t pid) {
  const auto text = read_small_file("/proc/" + std::to_string(pid) + "/stat");
  const auto stat = text ? parse_process_stat(*text) : Result<ProcessStat>(Error{});
  if (!stat) return std::nullopt;
  return static_cast<double>(stat->user_ticks + stat->system_ticks) * seconds_per_tick();
}

// CPU of one scrape of an exporter; nothing where it is not installed.
std::optional<double> scrape_cost(std::vector<std::string> words, std::uint16_t port) {
  if (support::find_program({words.front()}).empty()) return std::nullopt;
  words.push_back("--web.listen-address=127.0.0.1:" + std::to_string(port));
  support::Process exporter({.words = std::move(words)});
  const auto answers = [&] { return support::http_get(port, "/metrics").status == 200; };
  if (!support::wait_until(answers)) return std::nullopt;
  const auto before = cpu_of(exporter.pid());
  for (int i = 0; i < kRounds; ++i) {
    if (!answers()) return std::nullopt;
  }
  const auto after = cpu_of(exporter.pid());
  if (!before || !after) return std::nullopt;
  return (*after - *before) / kRounds;
}

// CPU of one pass over what the collectors tell, its families rendered.
double pass_cost(std::span<Poller* const> collectors) {
  double begun = 0;
  for (int i = -5; i < kRounds; ++i) {  // the first look at what is new
    if (i == 0) begun = own_cpu();
    for (Poller* collector : collectors) {
      FamilyList families;
      const Outcome outcome = collector->poll({}, families);
      if (outcome.state != Outcome::State::ok || !render(families, {})) return -1;
    }
  }
  return (own_cpu() - begun) / kRounds;
}

struct Machine {
  SystemClock clock;
  Environment environment{.clock = &clock};
  NoEvents events;
  Facts facts;
  NullLog log;
};

double pass_cost(const std::vector<ProcessGroupConfig>& groups) {
  Machine machine;
  const HostConfig config;
  ProcessesCollector processes(groups,
                               {machine.environment, machine.events, machine.facts, machine.log});
  HostCollector host(HostContext{machine.environment, config}, machine.facts);
  const std::array<Poller*, 2> both = {&processes, &host};
  return pass_cost(both);
}

std::string exporter_config(bool many) {
  std::string text = "process_names:\n";
  if (!many) return text + "  - {name: bench, cmdline: ['bench-worker']}\n";
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    text += "  - {name: bench" + number + ", cmdline: ['bench-worker " + number + "\\.']}\n";
  }
  return text;
}

std::vector<ProcessGroupConfig> our_groups(bool many) {
  std::vector<ProcessGroupConfig> groups;
  for (int i = 0; i < (many ? 100 : 1); ++i) {
    ProcessGroupConfig group;
    group.name = many ? "bench" + std::to_string(i) : "bench";
    group.command = many ? "bench-worker " + std::to_string(i) + "\\." : "bench-worker";
    groups.push_back(std::move(group));
  }
  return groups;
}

void compare(bool many, std::optional<double> host) {
  const support::TempDir dir;
  const auto config = dir.file("process.yml", exporter_config(many));
  const auto peer =
      scrape_cost({"/usr/bin/prometheus-process-exporter", "--config.path=" + config.string()},
                  support::free_port());
  const double ours = pass_cost(our_groups(many));
  std::printf("%d processes in %d group%s: wayside %.1f ms a pass", kProcesses, many ? 100 : 1,
              many ? "s" : "", ours * 1e3);
  if (peer && host) {
    std::printf(", process-exporter %.1f ms, node-exporter %.1f ms a scrape: ratio %.3f\n",
                *peer * 1e3, *host * 1e3, ours / (*peer + *host));
  } else {
    std::printf(", the exporters are not installed or do not answer\n");
  }
}

int run() {
  const Sleepers sleepers(kProcesses);
  const auto host = scrape_cost({"/usr/bin/prometheus-node-exporter"}, support::free_port());
  compare(false, host);
  compare(true, host);
  std::printf("belonging to no group: %.1f ms a pass\n",
              pass_cost({{.name = "none", .command = "no such command"}}) * 1e3);
  return 0;
}

}  // namespace
}  // namespace wayside

int main() {
  return wayside::run();
}
