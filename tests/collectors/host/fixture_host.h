#pragma once

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

#include "collectors/host/collector.h"

namespace wayside {

// A host that is a tree of files: fixtures/host, or a copy of it that a test may change.
struct FixtureHost {
  explicit FixtureHost(const std::filesystem::path& tree = WAYSIDE_FIXTURES "/host")
      : environment{
            .clock = &clock, .proc = tree / "proc", .sys = tree / "sys", .root = tree / "root"} {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }

  static int fake_uname(utsname* names) {
    std::strcpy(names->sysname, "Linux");
    std::strcpy(names->nodename, "shop-1");
    std::strcpy(names->release, "6.1.0-18-amd64");
    std::strcpy(names->version, "#1 SMP PREEMPT_DYNAMIC");
    std::strcpy(names->machine, "x86_64");
    std::strcpy(names->domainname, "(none)");
    return 0;
  }
  static int fake_adjtimex(timex* clock) {
    clock->status = STA_NANO | STA_PLL;
    clock->offset = -250'000;  // ns
    clock->freq = 32'768'000;  // 500 ppm
    clock->maxerror = 20'500;
    clock->esterror = 120;
    clock->constant = 7;
    clock->tick = 10'000;
    clock->tai = 37;
    clock->jitter = 500;
    clock->jitcnt = 3;
    return TIME_OK;
  }

  HostContext context() { return {environment, config, {fake_uname, fake_adjtimex}}; }

  ManualClock clock{WallTime{std::chrono::seconds{1'800'000'000}}};
  Environment environment;
  HostConfig config;
  Facts facts;
};

}  // namespace wayside
