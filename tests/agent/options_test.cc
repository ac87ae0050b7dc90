#include "agent/options.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

using Words = std::vector<const char*>;

std::variant<Options, UsageAnswer> parse(Words words) {
  words.insert(words.begin(), "wayside");
  return parse_options(static_cast<int>(words.size()), words.data());
}

Options options_of(Words words) {
  auto parsed = parse(std::move(words));
  if (auto* answer = std::get_if<UsageAnswer>(&parsed)) {
    ADD_FAILURE() << answer->text;
    return {};
  }
  return std::get<Options>(parsed);
}

UsageAnswer answer_of(Words words) {
  auto parsed = parse(std::move(words));
  if (std::holds_alternative<Options>(parsed)) {
    ADD_FAILURE() << "taken as right";
    return {};
  }
  return std::get<UsageAnswer>(parsed);
}

TEST(Options, RunIsTheDefaultCommand) {
  EXPECT_EQ(options_of({}).command, Options::Command::run);
  EXPECT_EQ(options_of({"run"}).command, Options::Command::run);
}

TEST(Options, RunTakesItsOptionsWithAndWithoutTheWord) {
  for (const Words& words : {Words{"--config", "a.yaml", "--listen", "127.0.0.1:1"},
                             Words{"run", "--config", "a.yaml", "--listen", "127.0.0.1:1"}}) {
    const Options options = options_of(words);
    EXPECT_EQ(options.source.file, "a.yaml");
    EXPECT_EQ(options.source.listen, "127.0.0.1:1");
  }
}

TEST(Options, LogsCanBeNamedWithoutAConfig) {
  const Options options =
      options_of({"--access-log", "a.log", "--access-log", "b.log", "--service", "shop"});
  EXPECT_EQ(options.source.access_logs, (std::vector<std::string>{"a.log", "b.log"}));
  EXPECT_EQ(options.source.service, "shop");
}

TEST(Options, CheckNeedsAFile) {
  EXPECT_EQ(options_of({"check", "a.yaml"}).command, Options::Command::check);
  EXPECT_EQ(answer_of({"check"}).exit_code, 2);
}

TEST(Options, WrongUsageExitsWithTwoAndSaysWhy) {
  EXPECT_EQ(answer_of({"--konfig", "a"}).exit_code, 2);
  EXPECT_EQ(answer_of({"fly"}).exit_code, 2);
  EXPECT_EQ(answer_of({"--config"}).exit_code, 2);
  EXPECT_EQ(answer_of({"--config", "a.yaml", "--access-log", "b"}).exit_code, 2);
  const UsageAnswer answer = answer_of({"--listen", "nowhere"});
  EXPECT_EQ(answer.exit_code, 2);
  EXPECT_NE(answer.text.find("--listen"), std::string::npos) << answer.text;
}

TEST(Options, HelpAndVersionAreAnswersNotFailures) {
  EXPECT_EQ(answer_of({"--help"}).exit_code, 0);
  const UsageAnswer version = answer_of({"--version"});
  EXPECT_EQ(version.exit_code, 0);
  EXPECT_EQ(version.text.rfind("wayside ", 0), 0U) << version.text;
}

}  // namespace
}  // namespace wayside
