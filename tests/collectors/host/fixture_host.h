#pragma once

#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string_view>

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

  // Each mount has 100 GiB in blocks of 4 KiB, of which it has 25 left; but /srv/old says nothing.
  static int fake_statvfs(const char* path, struct ::statvfs* values) {
    if (std::string_view(path).ends_with("/srv/old")) {
      errno = ESTALE;
      return -1;
    }
    constexpr fsblkcnt_t kGibi = 262'144;
    values->f_bsize = 1U << 20U;
    values->f_frsize = 4096;
    values->f_blocks = 100 * kGibi;
    values->f_bfree = 30 * kGibi;
    values->f_bavail = 25 * kGibi;
    values->f_files = 6'553'600;
    values->f_ffree = 6'123'456;
    return 0;
  }

  HostContext context() { return {environment, config, {fake_uname, fake_adjtimex, fake_statvfs}}; }

  ManualClock clock{WallTime{std::chrono::seconds{1'800'000'000}}};
  Environment environment;
  HostConfig config;
  Facts facts;
};

}  // namespace wayside
