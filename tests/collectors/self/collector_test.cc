#include "collectors/self/collector.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

namespace wayside {
namespace {

using prometheus::MetricType;

// A /proc of one process, 4711, which is also `self`.
class SelfCollectorTest : public testing::Test {
 protected:
  SelfCollectorTest() {
    std::filesystem::create_directories(environment_.proc / "self" / "fd");
    put("self/stat",
        "4711 (way (side) S 1 4711 4711 0 -1 4194560 1000 0 3 0 120 30 0 0 20 0 7 0 5000 "
        "104857600 2560 18446744073709551615 1 1\n");
    put("self/limits",
        "Limit                     Soft Limit           Hard Limit           Units     \n"
        "Max open files            1024                 524288               files     \n"
        "Max address space         unlimited            unlimited            bytes     \n");
    put("stat", "cpu 1 2 3\nbtime 1700000000\n");
    for (const char* fd : {"0", "1", "2"}) put(std::string("self/fd/") + fd, "");
  }
  ~SelfCollectorTest() override { std::filesystem::remove_all(environment_.proc); }

  static std::filesystem::path new_folder() {
    std::string pattern = testing::TempDir() + "self.XXXXXX";
    return mkdtemp(pattern.data());
  }
  void put(const std::string& path, const std::string& text) const {
    std::ofstream(environment_.proc / path) << text;
  }
  void remove(const std::string& path) const {
    std::filesystem::remove_all(environment_.proc / path);
  }

  // Polls, and gives the value of each family by name.
  std::map<std::string, double> poll() {
    std::vector<prometheus::MetricFamily> families;
    outcome_ = collector_.poll({}, families);
    std::map<std::string, double> values;
    for (const auto& family : families) {
      EXPECT_EQ(family.metric.size(), 1U) << family.name;
      EXPECT_FALSE(family.help.empty()) << family.name;
      const auto& metric = family.metric.at(0);
      const bool counter = family.type == MetricType::Counter;
      EXPECT_EQ(counter, family.name.ends_with("_total")) << family.name;
      EXPECT_TRUE(
          values.emplace(family.name, counter ? metric.counter.value : metric.gauge.value).second);
    }
    return values;
  }

  SystemClock clock_;
  Environment environment_{.clock = &clock_, .proc = new_folder()};
  SelfCollector collector_{environment_, "1.2.3"};
  Outcome outcome_;
};

double ticks(double count) {
  return count / static_cast<double>(sysconf(_SC_CLK_TCK));
}

TEST_F(SelfCollectorTest, TellsOfItsOwnProcessAsClientLibrariesDo) {
  const std::map<std::string, double> expected = {
      {"wayside_build_info", 1},
      {"process_cpu_seconds_total", ticks(150)},
      {"process_resident_memory_bytes", 2560.0 * static_cast<double>(sysconf(_SC_PAGESIZE))},
      {"process_virtual_memory_bytes", 104'857'600},
      {"process_virtual_memory_max_bytes", 18'446'744'073'709'551'615.0},
      {"process_threads", 7},
      {"process_start_time_seconds", 1'700'000'000 + ticks(5000)},
      {"process_max_fds", 1024},
      {"process_open_fds", 3}};
  EXPECT_EQ(poll(), expected);
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
}

TEST_F(SelfCollectorTest, TheVersionIsALabelOfTheBuildInfo) {
  std::vector<prometheus::MetricFamily> families;
  collector_.poll({}, families);
  ASSERT_EQ(families.at(0).name, "wayside_build_info");
  ASSERT_EQ(families[0].metric.at(0).label.size(), 1U);
  EXPECT_EQ(families[0].metric[0].label[0].name, "version");
  EXPECT_EQ(families[0].metric[0].label[0].value, "1.2.3");
}

TEST_F(SelfCollectorTest, WhatCannotBeReadIsLeftOut) {
  remove("self/limits");
  remove("self/fd");
  remove("stat");
  const auto values = poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_EQ(values.size(), 5U);
  for (const char* name : {"process_max_fds", "process_virtual_memory_max_bytes",
                           "process_open_fds", "process_start_time_seconds"}) {
    EXPECT_FALSE(values.contains(name)) << name;
  }
}

TEST_F(SelfCollectorTest, WithoutItsStatItFailsAndYieldsTheRest) {
  put("self/stat", "nonsense");
  const auto values = poll();
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_NE(outcome_.why.find("stat: no command in parentheses"), std::string::npos);
  EXPECT_EQ(values.size(), 4U);
  EXPECT_TRUE(values.contains("process_open_fds"));
  remove("self/stat");
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
}

TEST_F(SelfCollectorTest, ItsStartDoesNotMoveWithTheClock) {
  const double started = poll()["process_start_time_seconds"];
  put("stat", "btime 1700000003\n");
  EXPECT_EQ(poll()["process_start_time_seconds"], started);
}

TEST_F(SelfCollectorTest, ReadsTheRealProcess) {
  const Environment real{.clock = &clock_};
  SelfCollector collector(real, "1.2.3");
  std::vector<prometheus::MetricFamily> families;
  EXPECT_EQ(collector.poll({}, families).state, Outcome::State::ok);
  EXPECT_EQ(families.size(), 9U);
}

}  // namespace
}  // namespace wayside
