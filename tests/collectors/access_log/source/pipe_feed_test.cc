#include "collectors/access_log/source/pipe_feed.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <ctime>

#include "collectors/access_log/source/awaited_pipe.h"
#include "collectors/access_log/source/input_feed.h"
#include "tests/collectors/access_log/source/feed_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;

class NamedPipe : public testing::Test {
 protected:
  NamedPipe() { EXPECT_EQ(::mkfifo(path().c_str(), 0600), 0); }
  [[nodiscard]] std::string path() const { return dir.file("pipe"); }
  std::unique_ptr<Feed> feed() {
    return std::make_unique<PipeFeed>(path(), fed.sinks(), fed.context());
  }
  TempDir dir;
  Fed fed;
};

std::string numbers(int from, int to) {
  std::string text;
  for (int i = from; i < to; ++i) text += std::to_string(i) + "\n";
  return text;
}

// Processor time of all threads.
double cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

TEST_F(NamedPipe, WritersComeAndGo) {
  const Feeding feeding(fed, feed());
  for (int i = 0; i < 50; ++i) append(path(), numbers(i * 1000, (i + 1) * 1000));
  ASSERT_TRUE(fed.reaches(50'000));
  EXPECT_EQ(fed.gathered.counts().size(), 50'000U);
}

TEST_F(NamedPipe, SeveralWritersAtOnceAreOneStreamOfLines) {
  const Feeding feeding(fed, feed());
  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < 4; ++i) {
      writers.emplace_back([this, i] {
        const Writer writer(path());
        for (int k = 0; k < 2000; ++k) writer.write(std::to_string(i * 2000 + k) + "\n");
      });
    }
  }
  ASSERT_TRUE(fed.reaches(8000));
  EXPECT_EQ(fed.gathered.counts().size(), 8000U);
}

TEST_F(NamedPipe, HalfALineOfTheLastWriterIsALine) {
  const Feeding feeding(fed, feed());
  append(path(), "a\nhalf");
  ASSERT_TRUE(fed.reaches(2));
  append(path(), "b\n");
  ASSERT_TRUE(fed.reaches(3));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "half", "b"));
}

TEST_F(NamedPipe, WithoutWritersNothingIsDone) {
  const Feeding feeding(fed, feed());
  append(path(), "a\n");
  ASSERT_TRUE(fed.reaches(1));
  const double before = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_LT(cpu_seconds() - before, 0.25);
}

TEST_F(NamedPipe, AWriterFindsAReaderDuringAReload) {
  auto before = feed();
  before->tend();
  const Writer writer(path());
  writer.write("a\nha");
  before->read();
  before.reset();
  writer.write("lf\nb\n");
  auto after = feed();
  after->tend();
  after->read();
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "half", "b"));
}

TEST_F(NamedPipe, APipeThatIsMadeAnewIsReadAgain) {
  const Feeding feeding(fed, feed());
  append(path(), "a\n");
  ASSERT_TRUE(fed.reaches(1));
  std::filesystem::remove(path());
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  append(path(), "b\n");  // waits for a reader
  EXPECT_TRUE(fed.reaches(2));
}

TEST_F(NamedPipe, WhatWaitsIsItsLag) {
  auto open = feed();
  open->tend();
  const Writer writer(path());
  writer.write("a\nhalf");
  EXPECT_EQ(open->stats().lag_bytes, 6U);
  open->read();
  EXPECT_EQ(open->stats().lag_bytes, 4U);
  EXPECT_EQ(open->stats().read_bytes, 6U);
}

TEST_F(NamedPipe, OneThatMayNotBeReadIsAFailure) {
  std::filesystem::remove(path());
  auto open = feed();
  open->tend();
  open->tend();
  EXPECT_EQ(open->outcome().state, Outcome::State::failed);
  EXPECT_EQ(fed.log.count("cannot open"), 1U);
}

TEST_F(NamedPipe, OneThatIsMadeAfterTheStartIsRead) {
  std::filesystem::remove(path());
  const Feeding feeding(fed, std::make_unique<AwaitedPipe>(path(), fed.sinks(), fed.context()));
  EXPECT_TRUE(eventually([&] { return fed.outcome_now().state == Outcome::State::nothing_there; }));
  EXPECT_EQ(fed.stats_now().lag_bytes, std::nullopt);
  ASSERT_EQ(::mkfifo(path().c_str(), 0600), 0);
  append(path(), "a\n");  // waits for a reader
  EXPECT_TRUE(fed.reaches(1));
  EXPECT_TRUE(eventually([&] { return fed.stats_now().lag_bytes == 0; }));
  EXPECT_EQ(fed.outcome_now().state, Outcome::State::ok);
}

class StandardInput : public testing::Test {
 protected:
  StandardInput() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    out = FileDescriptor(ends[0]);
    in = FileDescriptor(ends[1]);
  }
  void write(std::string_view text) const {
    ASSERT_EQ(::write(in.get(), text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  FileDescriptor out;
  FileDescriptor in;
  Fed fed;
};

TEST_F(StandardInput, IsReadUntilItEnds) {
  const Feeding feeding(fed, std::make_unique<InputFeed>(fed.sinks(), fed.context(), out.get()));
  write("a\nb");
  ASSERT_TRUE(fed.reaches(1));
  in.reset();
  ASSERT_TRUE(fed.reaches(2));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "b"));
  EXPECT_TRUE(eventually([&] { return fed.outcome_now().state == Outcome::State::nothing_there; }));
  const double before = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  EXPECT_LT(cpu_seconds() - before, 0.15) << "an end is no reason to wake";
}

TEST_F(StandardInput, CanBeAFileAsWell) {
  const TempDir dir;
  append(dir.file("log"), numbers(0, 200'000));
  const FileDescriptor file(::open(dir.file("log").c_str(), O_RDONLY | O_CLOEXEC));
  const Feeding feeding(fed, std::make_unique<InputFeed>(fed.sinks(), fed.context(), file.get()));
  ASSERT_TRUE(fed.reaches(200'000));
  EXPECT_EQ(fed.gathered.counts().size(), 200'000U);
}

TEST_F(StandardInput, HalfALineOutlivesAReload) {
  {
    InputFeed before(fed.sinks(), fed.context(), out.get());
    write("a\nha");
    before.read();
  }
  InputFeed after(fed.sinks(), fed.context(), out.get());
  write("lf\n");
  after.read();
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "half"));
}

}  // namespace
}  // namespace wayside
