#include "agent/core/small_file.h"

#include <gtest/gtest.h>

#include <fstream>

namespace wayside {
namespace {

TEST(SmallFile, ReadsWhatHasNoSizeBeforeItIsRead) {
  const auto text = read_small_file("/proc/self/status");
  ASSERT_TRUE(text.ok());
  EXPECT_TRUE(text->starts_with("Name:"));
  EXPECT_NE(text->find("Threads:"), std::string::npos);
}

TEST(SmallFile, TakesNoMoreThanAsked) {
  const std::string path = testing::TempDir() + "small_file_test";
  std::ofstream(path) << std::string(100'000, 'x');
  EXPECT_EQ(read_small_file(path)->size(), 65'536U);
  EXPECT_EQ(read_small_file(path, 10)->size(), 10U);
  EXPECT_EQ(read_small_file(path, 200'000)->size(), 100'000U);
  std::remove(path.c_str());
}

TEST(SmallFile, AnErrorNamesThePath) {
  const auto missing = read_small_file("/proc/no-such-file");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().message, "/proc/no-such-file: No such file or directory");
  EXPECT_FALSE(read_small_file("/proc").ok());
}

}  // namespace
}  // namespace wayside
