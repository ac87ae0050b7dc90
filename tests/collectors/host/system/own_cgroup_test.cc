#include "collectors/host/system/own_cgroup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/collectors/host/as_nobody.h"
#include "tests/collectors/host/fixture_host.h"
#include "tests/collectors/host/lines.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// In /system.slice/shop.service of version 2.
class OwnCgroupPartTest : public testing::Test {
 protected:
  OwnCgroupPartTest() {
    std::filesystem::copy(WAYSIDE_FIXTURES "/cgroup/v2", dir_.path(),
                          std::filesystem::copy_options::recursive);
  }
  void put(const std::string& path, std::string_view text) const {
    std::filesystem::create_directories((dir_ / path).parent_path());
    support::write_file(dir_ / path, text);
  }
  std::vector<std::string> read() {
    FamilyList families;
    outcome_ = part_->read(families);
    return lines_of(families);
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  std::unique_ptr<HostPart> part_ = own_cgroup_part(host_.context());
  Outcome outcome_;
};

TEST_F(OwnCgroupPartTest, IsTheOneItIsInNow) {
  EXPECT_THAT(read(), Contains(HasSubstr("container_threads{id=\"/system.slice/shop.service\"} ")));
  put("sys/fs/cgroup/app.slice/pids.current", "7\n");
  put("proc/self/cgroup", "0::/app.slice\n");
  const auto lines = read();
  EXPECT_THAT(lines, Contains("container_threads{id=\"/app.slice\"} 7"));
  EXPECT_THAT(lines, Each(HasSubstr("id=\"/app.slice\"")));
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
}

TEST_F(OwnCgroupPartTest, WhatIsMountedElsewhereCannotBeSeen) {
  put("proc/self/mountinfo", "30 25 0:27 /other /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_THAT(outcome_.why, HasSubstr("the host's /sys/fs/cgroup and its cgroup namespace show"));
}

TEST_F(OwnCgroupPartTest, AHostWithoutCgroupsHasNone) {
  put("proc/self/mountinfo", "22 1 0:21 / /proc rw - proc proc rw\n");
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::nothing_there);
  std::filesystem::remove(dir_ / "proc/self/cgroup");
  part_ = own_cgroup_part(host_.context());
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::nothing_there);
}

TEST_F(OwnCgroupPartTest, AFileThatMayNotBeReadIsNamedAndTheRestIsTold) {
  const auto file = dir_ / "sys/fs/cgroup/system.slice/memory.max";
  std::filesystem::permissions(file, std::filesystem::perms::none);
  const AsNobody nobody(dir_.path());
  const auto lines = read();
  EXPECT_THAT(lines, Contains(HasSubstr("container_memory_usage_bytes")));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("container_spec_memory_limit_bytes"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("resource=\"memory\""))));
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_EQ(outcome_.why, file.string() + ": may not be read");
}

}  // namespace
}  // namespace wayside
