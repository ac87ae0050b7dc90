#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "agent/system/cgroup_reader.h"
#include "agent/system/cgroup_tree.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
constexpr std::uint64_t kLimit = 16U << 20U;

// Writes one setting; a cgroup's files take one write and no truncation.
bool set(const fs::path& file, const std::string& value) {
  std::ofstream out(file, std::ios::in | std::ios::out);
  out << value << std::flush;
  return out.good();
}

// A cgroup of this machine for one test, in each hierarchy that tells of it, next to the test's
// own: or why there is none.
class MachineCgroup : public testing::Test {
 protected:
  void SetUp() override {
    const auto tree = CgroupTree::find(environment_);
    if (!tree) GTEST_SKIP() << tree.error().message;
    const auto own = tree->own();
    if (!own) GTEST_SKIP() << own.error().message;
    places_ = *own;
    for (auto* place :
         {&places_.cpu, &places_.cpuacct, &places_.memory, &places_.pids, &places_.unified}) {
      if (!*place) continue;
      descend(**place);
      if (!make((*place)->folder())) GTEST_SKIP() << why_;
    }
  }

  void TearDown() override {
    burner_.reset();
    for (const fs::path& folder : made_) {
      EXPECT_TRUE(support::wait_until([&folder] {
        return ::rmdir(folder.c_str()) == 0 || errno == ENOENT;
      })) << folder;
    }
  }

  // Version 2 lets no cgroup with processes have children with limits: beside the topmost.
  void descend(CgroupPlace& place) const {
    if (place.version == 2) place.below.clear();
    place.below = fs::path(place.below) / name_;
  }
  bool make(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0755) == 0) {
      made_.push_back(folder);
      return true;
    }
    if (errno == EEXIST) return true;  // two controllers of one hierarchy
    why_ = folder.native() + " cannot be made: " + std::generic_category().message(errno);
    return false;
  }

  [[nodiscard]] bool limit_memory(std::uint64_t bytes) const {
    if (!places_.memory) return false;
    const fs::path folder = places_.memory->folder();
    if (places_.memory->version == 2) {
      static_cast<void>(set(folder / "memory.swap.max", "0"));
      return set(folder / "memory.max", std::to_string(bytes));
    }
    const bool limited = set(folder / "memory.limit_in_bytes", std::to_string(bytes));
    // A page more, or this limit would be hit instead of the other.
    static_cast<void>(set(folder / "memory.memsw.limit_in_bytes", std::to_string(bytes + 4096)));
    return limited;
  }
  [[nodiscard]] bool limit_cpu(const std::string& quota) const {
    if (!places_.cpu) return false;
    const fs::path folder = places_.cpu->folder();
    if (places_.cpu->version == 2) return set(folder / "cpu.max", quota + " 100000");
    return set(folder / "cpu.cfs_period_us", "100000") && set(folder / "cpu.cfs_quota_us", quota);
  }
  // A process that enters the cgroup and then does what `script` says.
  [[nodiscard]] support::Command entered(const std::string& script) const {
    std::vector<std::string> words = {
        "/bin/sh", "-c", "for f; do echo $$ > \"$f/cgroup.procs\" || exit 9; done; " + script,
        "sh"};
    for (const fs::path& folder : made_) words.push_back(folder.native());
    return {.words = words};
  }

  const Environment environment_{.clock = nullptr};
  const std::string name_ = "wayside_test_" + std::to_string(::getpid());
  CgroupPlaces places_;
  std::vector<fs::path> made_;
  std::string why_;
  std::optional<support::Process> burner_;
};

TEST_F(MachineCgroup, AQuotaThatIsUsedUpIsTold) {
  if (!limit_cpu("20000")) GTEST_SKIP() << "no CPU quota can be set here";
  CgroupReader reader(places_);
  const auto idle = reader.read();
  ASSERT_TRUE(idle) << idle.error().message;
  EXPECT_DOUBLE_EQ(idle->cpu.limit_cores.value_or(-1), 0.2);
  EXPECT_EQ(idle->cpu.quota_micros, 20000);
  EXPECT_EQ(idle->cpu.period_micros, 100000);
  EXPECT_EQ(idle->cpu.throttled_periods, 0);
  burner_.emplace(entered("while :; do :; done"));
  CgroupFigures busy;
  EXPECT_TRUE(support::wait_until([&] {
    auto read = reader.read();
    if (read) busy = *read;
    return busy.cpu.throttled_periods.value_or(0) >= 2 && busy.cpu.usage_seconds.value_or(0) > 0.05;
  }));
  EXPECT_GT(busy.cpu.throttled_seconds.value_or(0), 0);
  EXPECT_GE(busy.cpu.periods.value_or(0), *busy.cpu.throttled_periods);
  EXPECT_GT(busy.cpu.usage_seconds.value_or(0), idle->cpu.usage_seconds.value_or(0));
  EXPECT_GT(busy.cpu.user_seconds.value_or(0) + busy.cpu.system_seconds.value_or(0), 0);
}

TEST_F(MachineCgroup, AMemoryLimitAndTheKillAtItAreTold) {
  if (!limit_memory(kLimit)) GTEST_SKIP() << "no memory limit can be set here";
  CgroupReader reader(places_);
  const auto idle = reader.read();
  ASSERT_TRUE(idle) << idle.error().message;
  EXPECT_EQ(idle->memory.limit_bytes, kLimit);
  EXPECT_EQ(idle->memory.oom_kills, 0);
  support::Process eater(entered("x=$(head -c 67108864 /dev/zero | tr '\\000' x); echo ${#x}"));
  EXPECT_EQ(eater.wait(support::kPatience), 128 + SIGKILL);
  const auto after = reader.read();
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_GE(after->memory.oom_kills.value_or(0), 1);
  EXPECT_GE(after->memory.failures.value_or(0), 1);
}

TEST_F(MachineCgroup, OneThatIsMadeAgainIsReadAgain) {
  if (!limit_memory(kLimit)) GTEST_SKIP() << "no memory limit can be set here";
  CgroupReader reader(places_);
  ASSERT_TRUE(reader.read());
  for (const fs::path& folder : made_) ASSERT_EQ(::rmdir(folder.c_str()), 0) << folder;
  const auto gone = reader.read();
  ASSERT_FALSE(gone);
  for (const fs::path& folder : made_) ASSERT_EQ(::mkdir(folder.c_str(), 0755), 0) << folder;
  const auto again = reader.read();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->memory.usage_bytes);
  EXPECT_EQ(finite(again->memory.limit_bytes), std::nullopt)
      << "the new one has no limit of its own";
}

TEST(OwnCgroupOfTheMachine, IsFoundAndRead) {
  const Environment environment{.clock = nullptr};
  const auto tree = CgroupTree::find(environment);
  if (!tree) GTEST_SKIP() << tree.error().message;
  auto places = tree->own();
  if (!places) GTEST_SKIP() << places.error().message;
  CgroupReader reader(*places);
  const auto first = reader.read();
  ASSERT_TRUE(first) << first.error().message;
  const auto second = reader.read();
  ASSERT_TRUE(second);
  if (first->cpu.usage_seconds) {
    EXPECT_GE(second->cpu.usage_seconds.value_or(-1), *first->cpu.usage_seconds);
  }
}

}  // namespace
}  // namespace wayside
