#include "collectors/access_log/source/wrapped_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "collectors/access_log/source/cri_line.h"
#include "collectors/access_log/source/docker_line.h"
#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string padded(std::string_view text) {
  return std::string(text) + std::string(kBlockPadding, '\0');
}

using Unwrap = std::optional<WrappedText> (*)(std::string_view, char*);

struct Unwrapped {
  bool ok = false;
  std::string text;
  bool partial = false;
  bool error = false;
};

Unwrapped unwrapped(Unwrap unwrap, const std::string& line) {
  const auto block = padded(line + "\n");
  std::string out(line.size() + kUnwrapSlack, '\0');
  const auto wrapped = unwrap(std::string_view(block).substr(0, line.size()), out.data());
  if (!wrapped) return {};
  return {true, out.substr(0, wrapped->size), wrapped->partial,
          wrapped->stream == OutputStream::standard_error};
}

std::string docker(const std::string& text, const std::string& stream = "stdout") {
  return R"({"log":")" + text + R"(","stream":")" + stream +
         R"(","time":"2026-11-23T22:31:31.123456789Z"})" + "\n";
}

std::string cri(const std::string& text, char tag = 'F', const std::string& stream = "stdout") {
  return "2026-11-23T22:31:31.123456789Z " + stream + " " + tag + " " + text + "\n";
}

TEST(DockerLine, WhatAProgramWroteIsTakenOut) {
  const std::string after = R"(,"stream":"stderr","time":"2026-11-23T22:31:31.1Z"})";
  const std::string pair = R"(\ud83d\ude00)";
  const struct {
    std::string line, text;
    bool partial, error;
  } cases[] = {
      {R"({"log":"a b\n","stream":"stdout","time":"2026-11-23T22:31:31.1Z"})", "a b", false, false},
      {R"({"log":"a b","stream":"stdout","time":"2026-11-23T22:31:31.1Z"})", "a b", true, false},
      {R"({"log":"\n")" + after, "", false, true},
      {R"({"log":"")" + after, "", true, true},
      {R"({"log":"\"GET /?a=1\u0026b=\\x22 \u003c\u003e\" 200\r\n")" + after,
       "\"GET /?a=1&b=\\x22 <>\" 200\r", false, true},
      {R"({"log":"\/\b\f\t\u00e9\u20AC)" + pair + R"(\n")" + after, "/\b\f\t\u00e9\u20ac\U0001F600",
       false, true},
      {R"({"log":"\ud83d \ude00 \ud83d\u0041\n")" + after, "\uFFFD \uFFFD \uFFFDA", false, true},
      {R"({"log":"two\nlines\u000a")" + after, "two lines", false, true},
      {R"({"log":"a\n","stream":"stdout","attrs":{"tag":"x"},"time":"2026-11-23T22:31:31.1Z"})",
       "a", false, false},
  };
  for (const auto& c : cases) {
    const auto got = unwrapped(unwrap_docker, c.line);
    EXPECT_TRUE(got.ok) << c.line;
    EXPECT_EQ(got.text, c.text) << c.line;
    EXPECT_EQ(got.partial, c.partial) << c.line;
    EXPECT_EQ(got.error, c.error) << c.line;
  }
}

TEST(DockerLine, AnythingElseIsNone) {
  const std::string after = R"(,"stream":"stdout","time":"2026-11-23T22:31:31.1Z"})";
  const std::string cases[] = {
      "",
      "{",
      R"({"log":")",
      R"({"log":"no end)",
      R"({"log":"a\n")",
      R"({"log":"a\n"})",
      R"({"log":"a\n","stream":"stdin","time":"2026-11-23T22:31:31.1Z"})",
      R"({"log":"a\n","stream":"stdout","time":"2026-)",
      R"({"log":"bad \x escape\n")" + after,
      R"({"log":"bad \u12g4\n")" + after,
      R"({"log":"\u12)",
      R"({"log":"\)",
      R"({"msg":"a\n")" + after,
      "127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] \"GET / HTTP/1.1\" 200 5",
  };
  for (const auto& line : cases) EXPECT_FALSE(unwrapped(unwrap_docker, line).ok) << line;
}

TEST(DockerLine, LongTextsAreCopiedWhole) {
  std::string text;
  for (int i = 0; i < 300; ++i) {
    const auto got =
        unwrapped(unwrap_docker, docker(text + "\\n").substr(0, docker(text).size() + 1));
    ASSERT_TRUE(got.ok) << i;
    ASSERT_EQ(got.text, text) << i;
    text += static_cast<char>('a' + i % 26);
  }
}

TEST(CriLine, WhatAProgramWroteIsTakenOut) {
  const struct {
    std::string line, text;
    bool partial, error;
  } cases[] = {
      {"2026-11-23T22:31:31.123456789Z stdout F a b", "a b", false, false},
      {"2026-11-23T22:31:31.123456789+01:00 stderr P a  b ", "a  b ", true, true},
      {"2026-11-23T22:31:31Z stdout F:x:y a", "a", false, false},
      {"2026-11-23T22:31:31Z stdout F ", "", false, false},
      {"2026-11-23T22:31:31Z stdout F", "", false, false},
  };
  for (const auto& c : cases) {
    const auto got = unwrapped(unwrap_cri, c.line);
    EXPECT_TRUE(got.ok) << c.line;
    EXPECT_EQ(got.text, c.text) << c.line;
    EXPECT_EQ(got.partial, c.partial) << c.line;
    EXPECT_EQ(got.error, c.error) << c.line;
  }
}

TEST(CriLine, AnythingElseIsNone) {
  const std::string cases[] = {
      "",
      "2026-11-23T22:31:31Z",
      "2026-11-23T22:31:31Z stdout",
      "2026-11-23T22:31:31Z stdout ",
      "2026-11-23T22:31:31Z stdout Full a",
      "2026-11-23T22:31:31Z stdin F a",
      "2026-11-23 22:31:31 stdout F a",
      "2026-11-23T22:31:31.1234567890123456789Z stdout F a",
      "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET / HTTP/1.1\" 200 5",
  };
  for (const auto& line : cases) EXPECT_FALSE(unwrapped(unwrap_cri, line).ok) << line;
}

TEST(Wrappers, MostOfTheFirstLinesTell) {
  const auto tell = [](const std::string& lines) {
    const auto block = padded(lines);
    return tell_wrapper(std::string_view(block).substr(0, lines.size()));
  };
  EXPECT_EQ(tell(docker("a\\n") + docker("b\\n")), Wrapper::docker);
  EXPECT_EQ(tell(cri("a") + "\n" + cri("b")), Wrapper::cri);
  EXPECT_EQ(tell("rubbish\n" + cri("a") + cri("b")), Wrapper::cri);
  EXPECT_EQ(tell("10.0.0.9 - -\n10.0.0.9 - -\n" + cri("b")), Wrapper::none);
  EXPECT_EQ(tell(R"({"log":"x","level":"info"})"
                 "\n"),
            Wrapper::none);
  EXPECT_EQ(tell(""), Wrapper::none);
}

class WrappedLog : public testing::Test {
 protected:
  void give(WrappedLines& lines, const std::string& block) {
    const auto text = padded(block);
    lines.lines(std::string_view(text).substr(0, block.size()));
  }
  void head(WrappedLines& lines, const std::string& block) {
    const auto text = padded(block);
    lines.head(std::string_view(text).substr(0, block.size()));
  }
  Gathered gathered;
  WrappedLines wrapped{gathered.sink(), Wrapper::automatic};
};

TEST_F(WrappedLog, HeadAndLinesAreWhatTheProgramWrote) {
  head(wrapped, docker("a\\n") + docker("b\\n"));
  EXPECT_EQ(gathered.head(), "a\nb\n");
  give(wrapped, docker("a\\n") + docker("b\\n", "stderr"));
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "b"));
}

TEST_F(WrappedLog, WithoutAWrapperLinesPassAsTheyAre) {
  head(wrapped, "plain\n");
  give(wrapped, "plain\n" + cri("x"));
  EXPECT_EQ(gathered.head(), "plain\n");
  EXPECT_THAT(gathered.lines(), ElementsAre("plain", cri("x").substr(0, cri("x").size() - 1)));
}

TEST_F(WrappedLog, PartsAreJoinedEachOutputsByItself) {
  give(wrapped, cri("a", 'P') + cri("1", 'P', "stderr") + cri("b", 'P') + cri("2", 'F', "stderr") +
                    cri("whole", 'F', "stderr"));
  EXPECT_THAT(gathered.lines(), ElementsAre("12", "whole"));
  give(wrapped, cri("c"));
  EXPECT_THAT(gathered.lines(), ElementsAre("12", "whole", "abc"));
  give(wrapped, cri("d"));
  EXPECT_EQ(gathered.lines().back(), "d");
  EXPECT_EQ(wrapped.held().back, 0U);
}

TEST_F(WrappedLog, ALineWithoutAWrapperIsHandedOnAsItIs) {
  give(wrapped, docker("a\\n") + docker("b\\n") +
                    R"({"log":"torn)"
                    "\n" +
                    docker("c\\n"));
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "b", R"({"log":"torn)", "c"));
}

TEST_F(WrappedLog, AJoinedLineThatIsTooLongIsCountedAndSkippedWhole) {
  const std::string part(16UL * 1024, 'x');
  give(wrapped, cri("before"));
  for (int i = 0; i < 5; ++i) give(wrapped, cri(part, 'P'));
  give(wrapped, cri("end") + cri("after"));
  EXPECT_THAT(gathered.lines(), ElementsAre("before", "after"));
  EXPECT_EQ(gathered.long_lines(), 1U);
}

TEST_F(WrappedLog, ALineThatARotationCutIsJoined) {
  give(wrapped, cri("a", 'P') + cri("1", 'P', "stderr"));
  WrappedLines next(gathered.sink(), Wrapper::cri, wrapped.cut_lines());
  give(next, cri("2", 'F', "stderr"));
  give(next, cri("3", 'F', "stderr") + cri("b") + cri("c"));
  wrapped.end();
  EXPECT_THAT(gathered.lines(), ElementsAre("12", "3", "ab", "c"));
  EXPECT_EQ(wrapped.held().back, 0U);
}

TEST_F(WrappedLog, ALineThatNeverEndsIsHandedOnWithItsFile) {
  give(wrapped, docker("a\\n") + docker("half"));
  EXPECT_THAT(gathered.lines(), ElementsAre("a"));
  wrapped.end();
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "half"));
}

// A log of both outputs with parts among its lines, and what it says.
struct Written {
  std::string log;
  std::vector<std::string> lines;
};

Written write_log(std::mt19937& random, bool as_docker) {
  Written written;
  std::array<std::string, 2> open;
  const auto line = [&](const std::string& text, bool part, bool error) {
    const std::string stream = error ? "stderr" : "stdout";
    return as_docker ? docker(text + (part ? "" : "\\n"), stream)
                     : cri(text, part ? 'P' : 'F', stream);
  };
  for (int i = 0; i < 200; ++i) {
    const bool error = random() % 2 == 0;
    const bool part = i < 198 && random() % 3 == 0;
    const std::string text = "<" + std::to_string(i) + ">";
    written.log += line(text, part, error);
    open[error ? 1 : 0] += text;
    if (part) continue;
    written.lines.push_back(std::exchange(open[error ? 1 : 0], ""));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    if (open[i].empty()) continue;
    written.log += line("end", false, i == 1);
    written.lines.push_back(open[i] + "end");
  }
  return written;
}

TEST_F(WrappedLog, RestartsAtAnyLineLoseNothingAndCountNothingTwice) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    const auto [log, lines] = write_log(random, round % 2 == 0);
    const Wrapper as = round % 2 == 0 ? Wrapper::docker : Wrapper::cri;
    Gathered all;
    std::size_t at = 0;

    HeldBytes held;
    while (at < log.size()) {
      WrappedLines reader(all.sink(), as);
      reader.replay(held.replayed);
      // Some blocks of some lines, and then another reader goes on.
      for (int blocks = 0; blocks < 3 && at < log.size(); ++blocks) {
        const auto end = log.find('\n', std::min(log.size() - 1, at + random() % 2000)) + 1;
        give(reader, log.substr(at, end - at));
        at = end;
      }
      held = reader.held();
      ASSERT_LE(held.back, at);
      if (at < log.size()) at -= held.back;
    }
    ASSERT_THAT(all.lines(), testing::UnorderedElementsAreArray(lines)) << round;
  }
}

TEST_F(WrappedLog, FilesOfContainersAreFollowedThroughRestartsByTheByte) {
  std::mt19937 random(11);
  const auto [log, lines] = write_log(random, true);
  const TempDir dir;
  Positions positions;
  const SystemClock clock;
  Gathered all;
  std::size_t at = 0;
  while (at < log.size()) {
    LogKept said;
    FollowHooks hooks{.open_sink =
                          [&](std::size_t, const std::string&) {
                            return std::make_unique<WrappedLines>(all.sink(), Wrapper::docker);
                          },
                      .beat = {}};
    auto follower = Follower::create({{dir.file("a.log"), true}},
                                     {.positions = positions, .log = said, .clock = clock},
                                     std::move(hooks), quick_times());
    ASSERT_TRUE(follower.ok());
    std::jthread running([&](const std::stop_token& stop) { (*follower)->run(stop); });
    const auto size = std::min<std::size_t>(log.size() - at, 1 + random() % 4000);
    append(dir.file("a.log"), log.substr(at, size));
    at += size;
    if (at == log.size()) {
      EXPECT_TRUE(eventually([&] { return all.size() >= lines.size(); }));
    } else {
      std::this_thread::sleep_for(std::chrono::milliseconds(random() % 8));
    }
  }
  EXPECT_THAT(all.lines(), testing::UnorderedElementsAreArray(lines));
}

}  // namespace
}  // namespace wayside
