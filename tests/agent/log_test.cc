#include "agent/log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace wayside {
namespace {

class AgentLogTest : public testing::Test {
 protected:
  AgentLogTest() {
    std::string pattern = testing::TempDir() + "agent_log.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    signal(SIGPIPE, SIG_IGN);
  }
  ~AgentLogTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] LogConfig to(const char* name, OutputFormat format = OutputFormat::text) const {
    return {.level = Level::info, .format = format, .file = folder_ / name};
  }
  std::unique_ptr<AgentLog> open(const LogConfig& config) {
    auto log = AgentLog::open(config, clock_);
    EXPECT_TRUE(log.ok());
    return log ? std::move(log).value() : nullptr;
  }
  [[nodiscard]] std::string contents(const char* name) const {
    std::ostringstream out;
    out << std::ifstream(folder_ / name).rdbuf();
    return out.str();
  }

  ManualClock clock_;
  std::filesystem::path folder_;
};

TEST_F(AgentLogTest, WritesFromItsLevelUpwards) {
  const auto log = open(to("log"));
  log->write(Level::debug, "unheard");
  log->write(Level::info, "started");
  log->write(Level::error, "bad\nline");
  EXPECT_EQ(contents("log"),
            "2023-11-14T22:13:20.000Z info  started\n"
            "2023-11-14T22:13:20.000Z error bad\\nline\n");
}

TEST_F(AgentLogTest, IsJsonWhereNoTerminalReads) {
  const auto log = open(to("log", OutputFormat::automatic));
  log->write(Level::warn, "careful");
  EXPECT_EQ(contents("log"),
            R"({"time":"2023-11-14T22:13:20.000Z","level":"warn","message":"careful"})"
            "\n");
}

TEST_F(AgentLogTest, TakesAnotherLevelAndFile) {
  const auto log = open(to("log"));
  LogConfig other = to("other");
  other.level = Level::error;
  ASSERT_TRUE(log->reopen(other).ok());
  log->write(Level::warn, "unheard");
  log->write(Level::error, "heard");
  EXPECT_EQ(contents("log"), "");
  EXPECT_TRUE(contents("other").ends_with("error heard\n"));
  EXPECT_FALSE(log->reopen(to("no/such/folder")).ok());
  log->write(Level::error, "still");
  EXPECT_TRUE(contents("other").ends_with("error still\n"));
}

TEST_F(AgentLogTest, AFileThatCannotBeOpenedIsAnError) {
  const auto refused = AgentLog::open(to("no/such/folder"), clock_);
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.error().message.starts_with("log: cannot open "));
}

TEST_F(AgentLogTest, AFullDiskLosesLinesAndTheFirstOneAfterItTellsHowMany) {
  LogConfig full = to("log");
  full.file = "/dev/full";
  const auto log = open(full);
  for (int i = 0; i < 100; ++i) log->write(Level::info, "lost");
  ASSERT_TRUE(log->reopen(to("log")).ok());
  log->write(Level::info, "again");
  log->write(Level::info, "and again");
  EXPECT_EQ(contents("log"),
            "2023-11-14T22:13:20.000Z warn  lines of this log lost here: 100\n"
            "2023-11-14T22:13:20.000Z info  again\n"
            "2023-11-14T22:13:20.000Z info  and again\n");
}

TEST_F(AgentLogTest, AFullPipeCostsOneWaitAndTheNextLineTellsWhatWasLost) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const int saved = dup(STDERR_FILENO);
  dup2(ends[1], STDERR_FILENO);
  const auto log = open({.format = OutputFormat::text});
  dup2(saved, STDERR_FILENO);
  close(saved);
  const auto begun = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) log->write(Level::info, std::string(1000, 'x'));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  std::array<char, 65'536> part{};
  while (read(ends[0], part.data(), part.size()) > 0) {
  }
  log->write(Level::info, "again");
  const long got = read(ends[0], part.data(), part.size());
  ASSERT_GT(got, 0);
  const std::string text(part.data(), static_cast<std::size_t>(got));
  EXPECT_NE(text.find("lines of this log lost here: 9"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("info  again\n")) << text;
  close(ends[0]);
  close(ends[1]);
}

TEST(LogConfig, TakesLevelFormatAndFile) {
  ConfigContext context;
  LogConfig config;
  read_config("level: debug\nformat: json\nfile: /tmp/log\n", context,
              [&](ConfigMap& map) { config = read_log_config(map); });
  EXPECT_TRUE(context.problems.empty());
  EXPECT_EQ(config.level, Level::debug);
  EXPECT_EQ(config.format, OutputFormat::json);
  EXPECT_EQ(config.file, "/tmp/log");
}

TEST(LogConfig, TellsOfEveryWrongKeyAndValue) {
  ConfigContext context;
  read_config("levle: debug\nformat: xml\nfile: ''\nlevel: 7\n", context,
              [&](ConfigMap& map) { read_log_config(map); });
  EXPECT_EQ(context.problems.size(), 4U);
}

}  // namespace
}  // namespace wayside
