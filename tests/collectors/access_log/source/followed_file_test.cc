#include "collectors/access_log/source/followed_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;

class FollowedFiles : public testing::Test {
 protected:
  std::string path() const { return dir.file("a.log"); }
  void write(std::string_view text) const { append(path(), text); }
  void anew(std::string_view text) const {
    std::filesystem::remove(path());
    write(text);
  }
  FollowedFile open() const {
    auto file = FollowedFile::open(path());
    EXPECT_TRUE(file.ok());
    return std::move(*file);
  }
  ReadTurn read(FollowedFile& file, LineSink& into, unsigned blocks = 1000) {
    auto turn = file.read(buffer, into, blocks);
    EXPECT_TRUE(turn.ok());
    return *turn;
  }
  ReadTurn read(FollowedFile& file, unsigned blocks = 1000) { return read(file, *sink, blocks); }

  TempDir dir;
  ReadBuffer buffer;
  Gathered gathered;
  std::unique_ptr<LineSink> sink = gathered.sink();
};

TEST_F(FollowedFiles, AMissingFileIsAnErrorWithItsReason) {
  auto file = FollowedFile::open(path());
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().message, "cannot open: No such file or directory");
}

TEST_F(FollowedFiles, OneNotReadSinceARestartKnowsItsCopiesAndNoOthers) {
  append(dir.file("a.log"), "one\ntwo\nthree\n");
  append(dir.file("b.log"), "one\ntwo\n");
  append(dir.file("c.log"), "four\nfive\nsix\n");
  auto original = FollowedFile::open(dir.file("a.log"));
  const auto copy = FollowedFile::open(dir.file("b.log"));
  const auto other = FollowedFile::open(dir.file("c.log"));
  ASSERT_TRUE(original.ok() && copy.ok() && other.ok());
  EXPECT_FALSE(original->is_copied_by(*copy));  // nothing of it was counted
  original->start_at(14);
  EXPECT_TRUE(original->is_copied_by(*copy));  // so far
  EXPECT_FALSE(original->is_copied_by(*other));
}

TEST_F(FollowedFiles, ACutBetweenResumingAndTheFirstReadIsTold) {
  write("one\ntwo\n");
  FollowedFile before = open();
  read(before);
  FollowedFile after = open();
  ASSERT_TRUE(after.resume(before.where()));
  std::filesystem::resize_file(path(), 0);
  write("uno\ndue\ntre\n");  // a line begins where reading would go on
  const auto turn = read(after);
  ASSERT_TRUE(turn.cut);
  EXPECT_EQ(turn.cut->offset, 8U);
  EXPECT_EQ(turn.cut->tail_bytes, 8U);
  read(after);
  EXPECT_THAT(gathered.lines(), ElementsAre("one", "two", "uno", "due", "tre"));
  EXPECT_FALSE(after.resume(before.where()));
}

TEST_F(FollowedFiles, ADirectoryIsRefused) {
  EXPECT_FALSE(FollowedFile::open(dir.path().string()).ok());
}

TEST_F(FollowedFiles, TheEndIsBehindTheLastWholeLine) {
  struct Case {
    std::string text;
    std::uint64_t end;
  };
  const std::string full(4096, 'x');
  const std::vector<Case> cases = {{"", 0},
                                   {"half", 0},
                                   {"one\n", 4},
                                   {"one\nhalf", 4},
                                   {"one\n" + full, 4},
                                   {full + "\n" + full + "half", 4097},
                                   {full + "\n", 4097}};
  for (const auto& c : cases) {
    anew(c.text);
    FollowedFile file = open();
    ASSERT_TRUE(file.start_at_end().ok());
    EXPECT_EQ(file.position(), c.end) << c.text.substr(0, 20);
  }
}

TEST_F(FollowedFiles, ALineAsLongAsAllowedIsRead) {
  const std::string longest(kMaxLineBytes, 'x');
  write("a\n" + longest + "\nb\n");
  FollowedFile file = open();
  read(file);
  EXPECT_THAT(gathered.lines(), ElementsAre("a", longest, "b"));
  EXPECT_EQ(gathered.long_lines(), 0U);
}

TEST_F(FollowedFiles, ALineOneByteLongerIsSkippedAndToldOnce) {
  write("a\n" + std::string(kMaxLineBytes + 1, 'x') + "\nb\n");
  FollowedFile file = open();
  const auto turn = read(file);
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "b"));
  EXPECT_EQ(gathered.long_lines(), 1U);
  EXPECT_EQ(turn.bytes, kMaxLineBytes + 6);
  EXPECT_EQ(file.lag(), 0U);
}

TEST_F(FollowedFiles, LongLinesOfAnyLengthAndNeighbourhoodAreSkipped) {
  for (const std::size_t length : {kMaxLineBytes * 2, ReadBuffer::kSize - 1, ReadBuffer::kSize,
                                   ReadBuffer::kSize + 1, ReadBuffer::kSize * 3 + 7}) {
    Gathered all;
    const auto into = all.sink();
    const std::string line(length, 'x');
    anew(line + "\n" + line + "\na\n" + line + "\nb\n" + line);
    FollowedFile file = open();
    read(file, *into);
    EXPECT_THAT(all.lines(), ElementsAre("a", "b")) << length;
    EXPECT_EQ(all.long_lines(), 3U) << length;
    EXPECT_EQ(file.lag(), length);
    write("\nc\n");
    read(file, *into);
    EXPECT_THAT(all.lines(), ElementsAre("a", "b", "c")) << length;
    EXPECT_EQ(all.long_lines(), 4U) << length;
  }
}

TEST_F(FollowedFiles, ALongLineThatGrowsInPartsIsToldOnceAtItsEnd) {
  write("a\n");
  FollowedFile file = open();
  for (int i = 0; i < 20; ++i) {
    write(std::string(10'000, 'x'));
    read(file);
    EXPECT_EQ(file.position(), 2U);
  }
  EXPECT_EQ(gathered.long_lines(), 0U);
  write("\nb\n");
  read(file);
  EXPECT_EQ(gathered.long_lines(), 1U);
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "b"));
}

TEST_F(FollowedFiles, ABlockMayEndAtAnyByteOfALine) {
  const std::string line = "0123456789abcdef";
  for (std::size_t shift = 0; shift <= line.size() + 1; ++shift) {
    Gathered all;
    const auto into = all.sink();
    std::string text = std::string(shift, 's') + "\n";
    std::size_t lines = 1;
    for (; text.size() < ReadBuffer::kSize + 100; ++lines) text += line + "\n";
    anew(text);
    FollowedFile file = open();
    EXPECT_EQ(read(file, *into).bytes, text.size());
    ASSERT_EQ(all.size(), lines) << shift;
    ASSERT_EQ(all.counts().at(line), static_cast<int>(lines) - 1) << shift;
    EXPECT_EQ(file.position(), text.size());
  }
}

TEST_F(FollowedFiles, ATurnIsBounded) {
  std::string text;
  while (text.size() < ReadBuffer::kSize * 4) text += "some line of a log\n";
  write(text);
  FollowedFile file = open();
  std::uint64_t bytes = 0;
  int turns = 0;
  for (bool more = true; more; ++turns) {
    const auto turn = read(file, 1);
    EXPECT_LE(turn.bytes, ReadBuffer::kSize);
    bytes += turn.bytes;
    more = turn.more;
  }
  EXPECT_GE(turns, 4);
  EXPECT_EQ(bytes, text.size());
}

TEST_F(FollowedFiles, NothingHasChangedAfterHalfALineUntilItGrows) {
  write("one\nhalf");
  FollowedFile file = open();
  read(file);
  EXPECT_FALSE(*file.changed());
  EXPECT_EQ(file.lag(), 4U);
  write("!");
  EXPECT_TRUE(*file.changed());
}

TEST_F(FollowedFiles, TheHeadComesWithTheFirstWholeLineAndAgainAfterACut) {
  write("hal");
  FollowedFile file = open();
  read(file);
  EXPECT_EQ(gathered.head(), "");
  EXPECT_FALSE(*file.changed());
  write("f\nnext");
  read(file);
  EXPECT_EQ(gathered.head(), "half\n");
  std::filesystem::resize_file(path(), 0);
  write("new\n");
  EXPECT_TRUE(read(file).cut);
  read(file);
  EXPECT_EQ(gathered.head(), "new\n");
  EXPECT_THAT(gathered.lines(), ElementsAre("half", "new"));
}

TEST_F(FollowedFiles, AFirstLineThatIsTooLongDoesNotHoldUpTheRest) {
  write(std::string(kMaxLineBytes * 2, 'x'));
  FollowedFile file = open();
  read(file);
  write("\na\n");
  read(file);
  EXPECT_THAT(gathered.lines(), ElementsAre("a"));
  EXPECT_EQ(gathered.long_lines(), 1U);
}

TEST_F(FollowedFiles, AFileWithoutANameIsDeleted) {
  write("a\n");
  FollowedFile file = open();
  std::filesystem::remove(path());
  ASSERT_TRUE(file.changed().ok());
  EXPECT_TRUE(file.deleted());
  read(file);
  EXPECT_THAT(gathered.lines(), ElementsAre("a"));
}

}  // namespace
}  // namespace wayside
