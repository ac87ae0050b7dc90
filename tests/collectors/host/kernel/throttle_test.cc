#include "collectors/host/kernel/throttle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/collectors/host/lines.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ThrottleCounts : public testing::Test {
 protected:
  void put(const std::string& file, std::string_view text) const {
    const auto path = dir_ / ("devices/system/cpu/" + file);
    std::filesystem::create_directories(path.parent_path());
    support::write_file(path, text);
  }
  void put_cpu(const std::string& cpu, std::string_view package, std::string_view core) const {
    put(cpu + "/topology/physical_package_id", package);
    put(cpu + "/topology/core_id", core);
    put(cpu + "/thermal_throttle/core_throttle_count", "5\n");
    put(cpu + "/thermal_throttle/package_throttle_count", "30\n");
  }
  std::vector<std::string> lines(const std::vector<CpuLine>& cpus) {
    FamilyList out;
    throttles_.add(cpus, out);
    return lines_of(out);
  }

  support::TempDir dir_;
  Throttles throttles_{dir_.path()};
};

TEST_F(ThrottleCounts, ACoreOfTwoCpusCountsOnce) {
  put_cpu("cpu0", "0\n", "0\n");
  put_cpu("cpu1", "0\n", "0\n");
  put_cpu("cpu2", "1\n", "0\n");
  EXPECT_THAT(lines({{0, {}}, {1, {}}, {2, {}}}),
              ElementsAre("node_cpu_core_throttles_total{core=\"0\",package=\"0\"} 5",
                          "node_cpu_core_throttles_total{core=\"0\",package=\"1\"} 5",
                          "node_cpu_package_throttles_total{package=\"0\"} 30",
                          "node_cpu_package_throttles_total{package=\"1\"} 30"));
}

TEST_F(ThrottleCounts, FollowTheKernelsAndEndWithThem) {
  put_cpu("cpu0", "0\n", "0\n");
  lines({{0, {}}});
  put("cpu0/thermal_throttle/core_throttle_count", "6\n");
  EXPECT_EQ(lines({{0, {}}}).at(0), "node_cpu_core_throttles_total{core=\"0\",package=\"0\"} 6");
  std::filesystem::remove_all(dir_ / "devices/system/cpu/cpu0");
  EXPECT_THAT(lines({{0, {}}}), IsEmpty());
}

TEST_F(ThrottleCounts, ACpuThatDoesNotCountOrIsNowhereIsLeftOut) {
  EXPECT_THAT(lines({{0, {}}}), IsEmpty());
  put_cpu("cpu1", "-1\n", "0\n");
  put_cpu("cpu2", "0\n", "x\n");
  put_cpu("cpu3", "0\n", "7\n");
  put("cpu3/thermal_throttle/core_throttle_count", "\n");
  EXPECT_THAT(lines({{1, {}}, {2, {}}, {3, {}}}),
              ElementsAre("node_cpu_package_throttles_total{package=\"0\"} 30"));
}

}  // namespace
}  // namespace wayside
