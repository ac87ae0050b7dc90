#include "collectors/host/moment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/collectors/host/fixture_host.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Contains;
using testing::IsEmpty;
using testing::Key;
using testing::Not;

CpuTimes times(std::uint64_t user, std::uint64_t idle, std::uint64_t iowait = 0) {
  CpuTimes times;
  times.known = 10;
  times.ticks[CpuTimes::user] = user;
  times.ticks[CpuTimes::idle] = idle;
  times.ticks[CpuTimes::iowait] = iowait;
  return times;
}

class CpuShares : public testing::Test {
 protected:
  std::optional<double> take(const CpuTimes& now, milliseconds later = seconds{1}) {
    at_ += later;
    return share_.take(now, at_);
  }
  CpuShare share_;
  SteadyTime at_{};
};

TEST_F(CpuShares, AreOfTheTimeSinceTheLastLook) {
  EXPECT_FALSE(take(times(100, 1000)));
  EXPECT_EQ(take(times(150, 1150)), 0.25);
  EXPECT_EQ(take(times(150, 1350)), 0.0);
  EXPECT_EQ(take(times(350, 1350)), 1.0);
}

TEST_F(CpuShares, WaitingForADiskIsNotBusyAndStolenTimeIs) {
  take(times(0, 0, 0));
  EXPECT_EQ(take(times(50, 50, 100)), 0.25);
  CpuTimes stolen = times(50, 100, 150);
  stolen.ticks[CpuTimes::steal] = 100;
  EXPECT_EQ(take(stolen), 0.5);
}

TEST_F(CpuShares, AStepBackGivesNoValueAndTheNextLookDoes) {
  take(times(1000, 1000));
  EXPECT_FALSE(take(times(500, 1100)));
  EXPECT_EQ(take(times(600, 1200)), 0.5);
  EXPECT_FALSE(take(times(700, 1100)));
  EXPECT_FALSE(take(times(700, 1100))) << "nothing went on";
}

TEST_F(CpuShares, AGapGivesNoValue) {
  take(times(0, 0));
  EXPECT_EQ(take(times(100, 100), seconds{3}), 0.5);
  EXPECT_FALSE(take(times(200, 200), milliseconds{3001}));
  EXPECT_EQ(take(times(300, 300)), 0.5);
}

TEST_F(CpuShares, ALookTooSoonGivesTheLastAnswerAgain) {
  take(times(0, 0));
  EXPECT_EQ(take(times(100, 300)), 0.25);
  EXPECT_EQ(take(times(200, 300), milliseconds{400}), 0.25);
  EXPECT_EQ(take(times(300, 500), milliseconds{100}), 0.5) << "of the time since the last but one";
}

class Moments : public testing::Test {
 protected:
  Moments() {
    std::filesystem::copy(WAYSIDE_FIXTURES "/host/proc", dir_ / "proc",
                          std::filesystem::copy_options::recursive);
  }
  std::map<std::string, double> known() const {
    std::map<std::string, double> known;
    host_.facts.each("", host_.clock.wall(), seconds{1},
                     [&](std::string_view name, double value) { known.emplace(name, value); });
    return known;
  }
  std::map<std::string, double> look() {
    host_.clock.advance(seconds{1});
    moment_.look();
    return known();
  }
  void put(const std::string& path, std::string_view text) const {
    support::write_file(dir_ / "proc" / path, text);
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  HostMoment moment_{host_.environment, host_.facts};
};

TEST_F(Moments, TellHowTheHostFares) {
  look();
  put("stat", "cpu  812545 1200 204511 9120634 40211 0 8120 611 3000 40\n");
  const std::map<std::string, double> expected = {{"cpu_share", 0.25},
                                                  {"load1", 1.25},
                                                  {"memory_available_bytes", 2'058'092'544},
                                                  {"memory_used_share", 0.75},
                                                  {"swap_used_share", 0.25},
                                                  {"pressure_cpu_10s", 0.125},
                                                  {"pressure_memory_10s", 0.0075},
                                                  {"pressure_io_10s", 0.0325}};
  EXPECT_EQ(look(), expected);
}

TEST_F(Moments, OfAHostWithoutSwapSayNothingOfIt) {
  EXPECT_THAT(look(), Contains(Key("swap_used_share")));
  put("meminfo", "MemTotal: 4 kB\nMemAvailable: 1 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
  EXPECT_THAT(look(), Not(Contains(Key("swap_used_share"))));
  EXPECT_EQ(known().at("memory_used_share"), 0.75);
}

TEST_F(Moments, WhatCannotBeReadIsWithdrawnAtOnce) {
  look();
  look();
  for (const char* file :
       {"stat", "loadavg", "meminfo", "pressure/cpu", "pressure/memory", "pressure/io"}) {
    put(file, "");
  }
  EXPECT_THAT(look(), IsEmpty());
}

TEST_F(Moments, AmountsThatContradictGiveNoShare) {
  put("meminfo", "MemTotal: 4 kB\nMemAvailable: 9 kB\nSwapTotal: 5 kB\nSwapFree: 6 kB\n");
  const auto seen = look();
  EXPECT_THAT(seen, Not(Contains(Key("memory_used_share"))));
  EXPECT_THAT(seen, Not(Contains(Key("swap_used_share"))));
  EXPECT_EQ(seen.at("memory_available_bytes"), 9216);
}

TEST(MomentsOfACollector, EndWithIt) {
  FixtureHost host;
  const auto count = [&host] {
    int facts = 0;
    host.facts.each("", host.clock.wall(), seconds{1}, [&](std::string_view, double) { ++facts; });
    return facts;
  };
  {
    HostMoment moment(host.environment, host.facts);
    moment.look();
    EXPECT_EQ(count(), 7) << "all but the CPUs' share, which takes two looks";
  }
  EXPECT_EQ(count(), 0);
}

}  // namespace
}  // namespace wayside
