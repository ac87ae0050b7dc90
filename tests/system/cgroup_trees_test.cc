#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "agent/system/cgroup_families.h"
#include "agent/system/cgroup_reader.h"
#include "agent/system/cgroup_tree.h"
#include "agent/system/units.h"
#include "tests/support/temp_dir.h"
#include "tests/system/family_text.h"

namespace wayside {
namespace {

using support::write_file;
using testing::HasSubstr;

Environment environment_of(const std::filesystem::path& tree) {
  return {.clock = nullptr, .proc = tree / "proc", .sys = tree / "sys"};
}

Result<CgroupReader> own_reader(const Environment& environment) {
  const auto tree = CgroupTree::find(environment);
  if (!tree) return tree.error();
  auto places = tree->own();
  if (!places) return places.error();
  return CgroupReader(std::move(places).value());
}

class OwnCgroup : public testing::TestWithParam<const char*> {};

TEST_P(OwnCgroup, IsToldAsTheGoldenFileHasIt) {
  if (seconds_per_tick() != 0.01) GTEST_SKIP() << "the golden files count 100 ticks a second";
  auto reader =
      own_reader(environment_of(std::filesystem::path(WAYSIDE_FIXTURES "/cgroup") / GetParam()));
  ASSERT_TRUE(reader) << reader.error().message;
  const auto figures = reader->read();
  ASSERT_TRUE(figures) << figures.error().message;
  CgroupFamilies families;
  families.add(reader->places(), *figures);
  FamilyList list;
  families.move_to(list);
  const std::string text = family_text(list);
  const auto golden =
      std::filesystem::path(WAYSIDE_GOLDEN "/cgroup") / (std::string(GetParam()) + ".metrics");
  if (std::getenv("WAYSIDE_REFRESH_GOLDEN") != nullptr) write_file(golden, text);
  EXPECT_EQ(support::read_file(golden), text);
}

INSTANTIATE_TEST_SUITE_P(Trees, OwnCgroup,
                         testing::Values("v2", "v1", "hybrid", "namespaced", "container", "topmost",
                                         "kubernetes"),
                         [](const auto& tree) { return std::string(tree.param); });

// A copy of one of the trees that a test may change.
class ChangedTree : public testing::Test {
 protected:
  void copy(const char* name) {
    std::filesystem::copy(std::filesystem::path(WAYSIDE_FIXTURES "/cgroup") / name, dir_.path(),
                          std::filesystem::copy_options::recursive);
  }
  void put(const std::string& path, std::string_view text) const {
    std::filesystem::create_directories((dir_ / path).parent_path());
    write_file(dir_ / path, text);
  }
  void remove(const std::string& path) const { std::filesystem::remove_all(dir_ / path); }
  [[nodiscard]] Environment environment() const { return environment_of(dir_.path()); }
  // What can be read of the own cgroup; nothing of it where that fails, which fails the test.
  [[nodiscard]] CgroupFigures figures() const {
    auto reader = own_reader(environment());
    EXPECT_TRUE(reader) << reader.error().message;
    auto read = reader ? reader->read() : reader.error();
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : CgroupFigures{};
  }

  support::TempDir dir_;
};

constexpr const char* kShop = "sys/fs/cgroup/system.slice/shop.service/";

TEST_F(ChangedTree, ALimitThatCannotBeReadIsNotNoLimit) {
  copy("v2");
  put("sys/fs/cgroup/system.slice/memory.max", "what\n");
  put("sys/fs/cgroup/system.slice/cpu.max", "");
  EXPECT_EQ(figures().memory.limit_bytes, std::nullopt);
  EXPECT_EQ(figures().cpu.limit_cores, std::nullopt);
  remove("sys/fs/cgroup/system.slice/memory.max");
  EXPECT_EQ(figures().memory.limit_bytes, kNoLimit) << "it has none of its own";
}

TEST_F(ChangedTree, WithoutItsControllerAContainerCannotKnowItsLimit) {
  copy("namespaced");
  remove("sys/fs/cgroup/memory.max");
  EXPECT_EQ(figures().memory.limit_bytes, std::nullopt) << "one above may limit it";
  remove("sys/fs/cgroup/cgroup.events");
  EXPECT_EQ(figures().memory.limit_bytes, kNoLimit) << "nothing is above";
}

TEST_F(ChangedTree, OfVersion1TheLeastOfTheVisibleLimitsHolds) {
  copy("v1");
  EXPECT_DOUBLE_EQ(*figures().cpu.limit_cores, 1.5);
  put("sys/fs/cgroup/cpu,cpuacct/system.slice/cpu.cfs_quota_us", "75000\n");
  EXPECT_DOUBLE_EQ(*figures().cpu.limit_cores, 0.75);
  EXPECT_EQ(figures().cpu.quota_micros, 150000) << "its own";
  put("sys/fs/cgroup/memory/system.slice/shop.service/memory.stat", "total_rss 1\n");
  put("sys/fs/cgroup/memory/system.slice/memory.limit_in_bytes", "536870912\n");
  EXPECT_EQ(figures().memory.limit_bytes, 536870912) << "asked for level by level";
}

TEST_F(ChangedTree, AWorkingSetIsNeverBelowZeroNorMadeUp) {
  copy("v2");
  put(kShop + std::string("memory.current"), "1048576\n");
  EXPECT_EQ(figures().memory.working_set_bytes, 0);
  put(kShop + std::string("memory.stat"), "anon 5\n");
  EXPECT_EQ(figures().memory.working_set_bytes, std::nullopt);
}

TEST_F(ChangedTree, ReadersSeeThePresentFiguresAndTheEnd) {
  copy("v2");
  auto reader = own_reader(environment());
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->read()->pids.current, 42);
  put(kShop + std::string("pids.current"), "43\n");
  put(kShop + std::string("memory.max"), "1073741824\n");
  EXPECT_EQ(reader->read()->pids.current, 43);
  EXPECT_EQ(reader->read()->memory.limit_bytes, 1073741824) << "set while it is watched";
}

TEST_F(ChangedTree, HostileFilesLeaveTheirFiguresOut) {
  copy("v2");
  for (const char* name :
       {"cpu.stat", "cpu.weight", "memory.current", "memory.stat", "memory.swap.current",
        "memory.events", "pids.current", "cpu.pressure"}) {
    put(kShop + std::string(name), std::string("\xff\0 9 9\n-1\nusage_usec -3\nmax\n", 28));
  }
  remove(kShop + std::string("io.pressure"));
  const CgroupFigures read = figures();
  EXPECT_EQ(read.cpu.usage_seconds, std::nullopt);
  EXPECT_EQ(read.cpu.shares, std::nullopt);
  EXPECT_EQ(read.memory.usage_bytes, std::nullopt);
  EXPECT_EQ(read.memory.oom_kills, std::nullopt);
  EXPECT_EQ(read.pids.current, std::nullopt);
  EXPECT_EQ(read.cpu_pressure.some_seconds, std::nullopt);
  EXPECT_EQ(read.io_pressure.some_seconds, std::nullopt);
  EXPECT_EQ(read.memory_pressure.some_seconds, 0.125) << "which can be read";
}

TEST_F(ChangedTree, ACgroupThatIsGoneIsAnError) {
  copy("v2");
  put("proc/self/cgroup", "0::/system.slice/gone.service\n");
  auto reader = own_reader(environment());
  ASSERT_TRUE(reader) << "where it would be is known";
  const auto read = reader->read();
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr("is gone"));
}

TEST_F(ChangedTree, ACgroupOutsideTheNamespaceIsAnErrorWithWhatWouldHelp) {
  copy("namespaced");
  put("proc/self/cgroup", "0::/../../system.slice/shop.service\n");
  const auto reader = own_reader(environment());
  ASSERT_FALSE(reader);
  EXPECT_THAT(reader.error().message, HasSubstr("the host's /sys/fs/cgroup"));
}

TEST_F(ChangedTree, WithoutACgroupFileSystemThereIsNoTree) {
  put("proc/self/mountinfo", "30 25 0:27 / /sys rw - sysfs sysfs rw\n");
  const auto tree = CgroupTree::find(environment());
  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().message, HasSubstr("shows no cgroup file system"));
  remove("proc");
  EXPECT_THAT(CgroupTree::find(environment()).error().message, HasSubstr("mountinfo"));
}

// In a container: its own view at /sys, the host's mounted elsewhere and given as `sys`.
TEST_F(ChangedTree, AMountInTheGivenSysIsPreferredToTheContainersOwn) {
  const std::string host = (dir_ / "sys/fs/cgroup").native();
  put("proc/self/mountinfo",
      "612 610 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n700 610 0:27 /../.. " + host +
          " rw - cgroup2 cgroup rw\n");
  put("sys/fs/cgroup/shop/pids.current", "5\n");
  put("proc/self/cgroup", "0::/../../shop\n");
  EXPECT_EQ(figures().pids.current, 5);
}

TEST_F(ChangedTree, OfTwoMountsAtOnePlaceTheLaterCoversTheOther) {
  put("proc/self/mountinfo",
      "1 0 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup rw\n"
      "2 1 0:27 /a /sys/fs/cgroup rw - cgroup2 cgroup rw\n"
      "3 0 0:27 /a/b /sys/other rw - cgroup2 cgroup rw\n");
  put("proc/self/cgroup", "0::/a/b\n");
  put("sys/fs/cgroup/b/pids.current", "6\n");
  EXPECT_EQ(figures().pids.current, 6);
}

TEST(CgroupFamiliesOfGroups, HaveTheGroupsNameAndShareTheFamilies) {
  CgroupPlaces places;
  places.memory = CgroupPlace{2, "/sys/fs/cgroup", "a", "/a"};
  CgroupFigures figures;
  figures.memory.rss_bytes = 5;
  figures.cpu.usage_seconds = 1;  // whose place is not known
  CgroupFamilies families;
  families.add(places, figures);
  families.add(places, figures, "shop");
  FamilyList list;
  families.move_to(list);
  EXPECT_EQ(family_text(list),
            "# TYPE container_memory_rss gauge\n"
            "container_memory_rss{id=\"/a\"} 5\n"
            "container_memory_rss{id=\"/a\",groupname=\"shop\"} 5\n");
  list.clear();
  families.move_to(list);
  EXPECT_EQ(list.size(), 0U) << "each sample is told once";
}

}  // namespace
}  // namespace wayside
