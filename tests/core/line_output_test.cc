#include "agent/core/line_output.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace wayside {
namespace {

bool at_once() {
  return false;
}

class LineOutputTest : public testing::Test {
 protected:
  LineOutputTest() {
    std::string pattern = testing::TempDir() + "line_output.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    signal(SIGPIPE, SIG_IGN);
  }
  ~LineOutputTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const char* name) const { return folder_ / name; }

  static std::string contents(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
  }

  // Runs `body` with the descriptor `standard` standing for stdout.
  template <typename Body>
  static void with_stdout(int standard, Body body) {
    const int saved = dup(STDOUT_FILENO);
    dup2(standard, STDOUT_FILENO);
    body();
    dup2(saved, STDOUT_FILENO);
    close(saved);
  }

  std::filesystem::path folder_;
};

TEST_F(LineOutputTest, AppendsToAFileThatOnlyOwnerAndGroupMayRead) {
  const mode_t old = umask(0);
  for (const char* line : {"one\n", "two\n"}) {
    auto output = LineOutput::open(path("log"), STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    EXPECT_TRUE(output->write(line, at_once).ok());
    EXPECT_FALSE(output->is_terminal());
  }
  umask(old);
  EXPECT_EQ(contents(path("log")), "one\ntwo\n");
  struct stat status {};
  ASSERT_EQ(stat(path("log").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

TEST_F(LineOutputTest, APathThatCannotBeOpenedIsAnErrorThatNamesIt) {
  const auto missing = LineOutput::open(path("no/such/folder"), STDOUT_FILENO);
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("no/such/folder"), std::string::npos);
  EXPECT_NE(missing.error().message.find("No such file or directory"), std::string::npos);
  EXPECT_FALSE(LineOutput::open(folder_.string(), STDOUT_FILENO).ok());
}

TEST_F(LineOutputTest, APathIsTriedWithoutCreatingIt) {
  EXPECT_TRUE(LineOutput::try_path(path("log")).ok());
  EXPECT_FALSE(std::filesystem::exists(path("log")));
  EXPECT_FALSE(LineOutput::try_path(path("no/such/folder")).ok());
  EXPECT_FALSE(LineOutput::try_path(folder_.string()).ok());
  EXPECT_TRUE(LineOutput::try_path("/dev/null").ok());
}

TEST_F(LineOutputTest, AFifoWithoutReaderIsAnErrorAndNoWait) {
  ASSERT_EQ(mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_FALSE(LineOutput::open(path("fifo"), STDOUT_FILENO).ok());
}

TEST_F(LineOutputTest, AFullPipeDoesNotHoldUpAndKeepsItsFlagsForOthers) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  with_stdout(ends[1], [&] {
    auto output = LineOutput::open("-", STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    const std::string line(4095, 'x');
    int written = 0;
    while (written < 1000 && output->write(line + "\n", at_once).ok()) ++written;
    EXPECT_GT(written, 0);
    EXPECT_LT(written, 1000);
  });
  EXPECT_EQ(fcntl(ends[1], F_GETFL) & O_NONBLOCK, 0);
  close(ends[0]);
  close(ends[1]);
}

TEST_F(LineOutputTest, ALineCutShortIsEndedBeforeTheNext) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  with_stdout(ends[1], [&] {
    auto output = LineOutput::open("-", STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    EXPECT_FALSE(output->write(std::string(1'000'000, 'x') + "\n", at_once).ok());
    std::string got(2'000'000, '\0');
    ASSERT_GT(read(ends[0], got.data(), got.size()), 0);
    EXPECT_EQ(got.find('\n'), std::string::npos);
    EXPECT_TRUE(output->write("next\n", at_once).ok());
    got.resize(static_cast<std::size_t>(read(ends[0], got.data(), got.size())));
    EXPECT_EQ(got, "\nnext\n");
  });
  close(ends[0]);
  close(ends[1]);
}

TEST_F(LineOutputTest, AsksBeforeEachWait) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  with_stdout(ends[1], [&] {
    auto output = LineOutput::open("-", STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    int asked = 0;
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_FALSE(output->write(std::string(1'000'000, 'x'), [&] { return ++asked < 3; }).ok());
    EXPECT_EQ(asked, 3);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, 2 * LineOutput::kPatience);
  });
  close(ends[0]);
  close(ends[1]);
}

TEST_F(LineOutputTest, AReaderThatIsGoneIsAnError) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  with_stdout(ends[1], [&] {
    auto output = LineOutput::open("-", STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    close(ends[0]);
    const auto written = output->write("line\n", at_once);
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().message.find("Broken pipe"), std::string::npos);
  });
  close(ends[1]);
}

TEST_F(LineOutputTest, ASocketIsWrittenToWithoutWaiting) {
  std::array<int, 2> ends{};
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  with_stdout(ends[1], [&] {
    auto output = LineOutput::open("-", STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    EXPECT_TRUE(output->write("line\n", at_once).ok());
    EXPECT_FALSE(output->write(std::string(10'000'000, 'x'), at_once).ok());
  });
  std::string got(5, '\0');
  EXPECT_EQ(read(ends[0], got.data(), got.size()), 5);
  EXPECT_EQ(got, "line\n");
  close(ends[0]);
  close(ends[1]);
}

TEST_F(LineOutputTest, ALineThatAnEarlierOpeningLeftUnendedIsEndedFirst) {
  for (const char* left : {"", "one\n", "one\nha"}) {
    std::ofstream(path("log"), std::ios::trunc) << left;
    auto output = LineOutput::open(path("log"), STDOUT_FILENO);
    ASSERT_TRUE(output.ok());
    LineOutput moved = std::move(*output);
    EXPECT_TRUE(moved.write("two\n", at_once).ok());
    EXPECT_TRUE(moved.write("three\n", at_once).ok());
    const std::string before = left;
    const std::string end = before.ends_with("ha") ? "\n" : "";
    EXPECT_EQ(contents(path("log")), before + end + "two\nthree\n");
  }
}

TEST_F(LineOutputTest, AFullDiskIsAnError) {
  auto output = LineOutput::open("/dev/full", STDOUT_FILENO);
  ASSERT_TRUE(output.ok());
  const auto written = output->write("line\n", at_once);
  ASSERT_FALSE(written.ok());
  EXPECT_NE(written.error().message.find("No space left"), std::string::npos);
}

TEST(ColourWanted, UnlessRefused) {
  const auto with = [](const char* name, const char* value) {
    return colour_wanted([=](const std::string& asked) {
      return asked == name ? std::optional<std::string>(value) : std::nullopt;
    });
  };
  EXPECT_TRUE(with("TERM", "xterm"));
  EXPECT_TRUE(with("NO_COLOR", ""));
  EXPECT_FALSE(with("NO_COLOR", "1"));
  EXPECT_FALSE(with("TERM", "dumb"));
}

}  // namespace
}  // namespace wayside
