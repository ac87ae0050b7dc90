#include "agent/system/kernel_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace wayside {
namespace {

class KernelFiles : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "kernel_file.XXXXXX";
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void put(const std::string& text) const {
    std::ofstream(folder_ / "file", std::ios::trunc) << text;
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "file"; }

 private:
  std::filesystem::path folder_;
};

TEST_F(KernelFiles, EachReadSeesThePresentText) {
  put("one");
  KernelFile file(path());
  EXPECT_EQ(*file.read(), "one");
  put("another");
  EXPECT_EQ(*file.read(), "another");
  put("");
  EXPECT_EQ(*file.read(), "");
}

TEST_F(KernelFiles, ALongTextIsReadWhole) {
  const std::string text(100'003, 'x');
  put(text);
  KernelFile file(path());
  EXPECT_EQ(*file.read(), text);
  EXPECT_EQ(*file.read(), text) << "from its start again";
}

TEST_F(KernelFiles, AMissingFileIsNamedAndFoundWhenItIsThere) {
  KernelFile file(path());
  const auto missing = file.read();
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, path().string() + ": No such file or directory");
  put("now");
  EXPECT_EQ(*file.read(), "now");
}

TEST_F(KernelFiles, ReadAtGivesTheErrnoAndNoOldText) {
  std::string buffer = "old";
  EXPECT_EQ(read_at(AT_FDCWD, path().c_str(), buffer), ENOENT);
  EXPECT_EQ(buffer, "");
  put("text");
  EXPECT_EQ(read_at(AT_FDCWD, path().c_str(), buffer), 0);
  EXPECT_EQ(buffer, "text");
  put(std::string(10'000, 'y'));
  EXPECT_EQ(read_at(AT_FDCWD, path().c_str(), buffer, 5000), 0);
  EXPECT_EQ(buffer.size(), 5000U) << "the rest is cut off";
}

TEST(KernelFilesOfTheMachine, ARecordBoundaryIsNoEnd) {
  KernelFile file("/proc/self/maps");  // yields less than it is asked for
  const auto text = file.read();
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("[stack]"), std::string_view::npos);
}

}  // namespace
}  // namespace wayside
