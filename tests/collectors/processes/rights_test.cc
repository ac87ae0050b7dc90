// What another user may not see of real processes, of which this test's own is one.
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string>

#include "tests/collectors/processes/sockets/peers.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

// What `fn` gives in a child process that is nobody's.
int as_nobody(const std::function<int()>& fn) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65'534;
    if (::setresgid(kNobody, kNobody, kNobody) != 0 || ::setresuid(kNobody, kNobody, kNobody) != 0)
      _exit(99);
    _exit(fn());
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// One poll of real processes.
struct Look {
  explicit Look(const std::vector<ProcessGroupConfig>& groups) {
    ProcessesCollector collector(groups, {environment, events, facts, log});
    outcome = collector.poll({}, families);
  }
  [[nodiscard]] bool told_why(const std::string& part) const {
    return std::any_of(outcome.parts.begin(), outcome.parts.end(), [&](const auto& told) {
      return told.name == part && told.why.find("CAP_SYS_PTRACE") != std::string::npos;
    });
  }
  // Nothing where the group has no such sample.
  [[nodiscard]] std::optional<double> of(const std::string& family,
                                         const std::string& group) const {
    for (const auto& candidate : families) {
      if (candidate.name != "namedprocess_namegroup_" + family) continue;
      for (const auto& metric : candidate.metric) {
        if (metric.label.front().value == group) return metric.gauge.value;
      }
    }
    return std::nullopt;
  }

  SystemClock clock;
  Environment environment{.clock = &clock};
  KeptEvents events;
  Facts facts;
  NullLog log;
  FamilyList families;
  Outcome outcome;
};

class Rights : public testing::Test {
 protected:
  void SetUp() override {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become someone else";
  }
};

TEST_F(Rights, WhatIsMissingIsToldWithTheRightThatWouldHelp) {
  const int seen = as_nobody([] {
    const Look look({{.name = "all", .service = "all", .command = "test"}});
    return (look.told_why("io") ? 1 : 0) + (look.of("num_procs", "all").value_or(0) > 0 ? 2 : 0) +
           (look.of("read_bytes_total", "all") ? 0 : 4);
  });
  EXPECT_EQ(seen, 7) << "1: said why, 2: counted processes, 4: left bytes out";
}

TEST_F(Rights, AProgramThatCannotBeToldIsNoneThatIsNotThere) {
  const int seen = as_nobody([] {
    const Look look({{.name = "exe", .service = "exe", .exe = {"no such program"}},
                     {.name = "both", .service = "both", .comm = {"nobody"}, .exe = {"x"}}});
    return (look.told_why("exe") ? 1 : 0) + (look.of("num_procs", "exe") ? 0 : 2) +
           (look.of("num_procs", "both") == 0 ? 4 : 0);
  });
  EXPECT_EQ(seen, 7) << "1: said why, 2: left the group out, 4: told of one whose other conditions "
                        "no process fulfils";
  const std::string own = std::string(program_invocation_short_name).substr(0, 15);
  const Look sees({{.name = "exe", .service = "exe", .comm = {own}, .exe = {"no such program"}}});
  EXPECT_FALSE(sees.told_why("exe"));
  EXPECT_EQ(sees.of("num_procs", "exe"), 0);
}

TEST_F(Rights, AListenerWhoseHolderIsOutOfSightHidesItsGroupAndNoOther) {
  const TestListener roots = listen_on_loopback(8);
  const int seen = as_nobody([&] {
    ::close(roots.socket.get());
    const TestListener own = listen_on_loopback(8);
    const Look look({{.name = "roots", .service = "roots", .ports = {roots.port()}},
                     {.name = "own", .service = "own", .ports = {own.port()}}});
    return (look.told_why("ports") ? 1 : 0) + (look.of("num_procs", "roots") ? 0 : 2) +
           (look.of("num_procs", "own") == 1 ? 4 : 0);
  });
  EXPECT_EQ(seen, 7) << "1: said why, 2: left the group out, 4: told of its own";
}

}  // namespace
}  // namespace wayside
