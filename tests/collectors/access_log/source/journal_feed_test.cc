// Journals are made by systemd-journal-remote from the export format
// (https://systemd.io/JOURNAL_EXPORT_FORMATS/), since no journald runs where tests run.
#include "collectors/access_log/source/journal_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "tests/collectors/access_log/source/feed_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kRemote = "/usr/lib/systemd/systemd-journal-remote";

struct Entry {
  std::string unit, message;
  std::string field = "_SYSTEMD_UNIT";
};

// The export format; a message with newlines, or with bytes that are no text, has its length
// before it.
std::string exported(const Entry& entry, int number) {
  std::string text = "__REALTIME_TIMESTAMP=" + std::to_string(1'700'000'000'000'000 + number) +
                     "\n__MONOTONIC_TIMESTAMP=" + std::to_string(1000 + number) +
                     "\n_BOOT_ID=0123456789abcdef0123456789abcdef\n" + entry.field + "=" +
                     entry.unit + "\n";
  if (entry.message.find('\n') == std::string::npos) {
    return text + "MESSAGE=" + entry.message + "\n\n";
  }
  text += "MESSAGE\n";
  for (unsigned i = 0; i < 8; ++i) {
    text += static_cast<char>((entry.message.size() >> (8 * i)) & 0xFFU);
  }
  return text + entry.message + "\n\n";
}

class Journal : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kRemote)) GTEST_SKIP() << "systemd-journal-remote is missing";
  }
  // Entries are appended to what the journal holds already.
  void write(const std::vector<Entry>& entries) {
    std::string text;
    for (const auto& entry : entries) text += exported(entry, number_++);
    const auto source = dir.file("export." + std::to_string(number_));
    append(source, text);
    const std::string command = std::string(kRemote) + " --output=" + journals() +
                                "/wayside.journal " + source + " > " + dir.file("said") + " 2>&1";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
  }
  [[nodiscard]] std::string journals() const {
    const auto path = dir.file("journals");
    std::filesystem::create_directories(path);
    return path;
  }
  std::unique_ptr<Feed> feed(std::vector<std::string> units, bool at_beginning = true) {
    return std::make_unique<JournalFeed>(
        JournalSource{
            .units = std::move(units), .directory = journals(), .start_at_beginning = at_beginning},
        fed.sinks(), fed.context());
  }

  TempDir dir;
  Fed fed;

 private:
  int number_ = 0;
};

TEST_F(Journal, EntriesOfTheUnitsAreLines) {
  write({{"nginx.service", "a"},
         {"cron.service", "not ours"},
         {"api.service", "b\nc"},
         {"nginx.service", std::string(kMaxLineBytes + 1, 'x')},
         {"init.scope", "Started nginx", "UNIT"},
         {"shop.service", "d", "_SYSTEMD_USER_UNIT"}});
  const Feeding feeding(fed, feed({"nginx.service", "api.service", "shop.service"}));
  ASSERT_TRUE(fed.reaches(3));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "b c", "d"));
  EXPECT_EQ(fed.gathered.long_lines(), 1U);
  const std::lock_guard lock(fed.mutex);
  const std::string name = "journal:nginx.service,api.service,shop.service@" + journals();
  EXPECT_THAT(fed.names,
              ElementsAre(name + " nginx.service", name + " api.service", name + " shop.service"));
}

TEST_F(Journal, WhatIsAddedIsReadWhenItComes) {
  write({{"nginx.service", "old"}});
  const Feeding feeding(fed, feed({"nginx.service"}, false));
  write({{"nginx.service", "new 1"}, {"cron.service", "x"}, {"nginx.service", "new 2"}});
  ASSERT_TRUE(fed.reaches(2));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("new 1", "new 2"));
}

TEST_F(Journal, WithoutAnyEntryAllThatComesIsNew) {
  write({{"cron.service", "x"}});
  const Feeding feeding(fed, feed({"nginx.service"}, false));
  write({{"nginx.service", "first"}});
  ASSERT_TRUE(fed.reaches(1));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("first"));
}

TEST_F(Journal, AReloadGoesOnBehindTheLastEntry) {
  write({{"nginx.service", "1"}, {"nginx.service", "2"}});
  {
    const Feeding feeding(fed, feed({"nginx.service"}));
    ASSERT_TRUE(fed.reaches(2));
  }
  write({{"nginx.service", "3"}});
  const Feeding feeding(fed, feed({"nginx.service"}));
  write({{"nginx.service", "4"}});
  ASSERT_TRUE(fed.reaches(4));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("1", "2", "3", "4"));
}

TEST_F(Journal, ManyEntriesAreReadInTurns) {
  std::vector<Entry> entries;
  for (int i = 0; i < 5000; ++i) entries.push_back({"nginx.service", std::to_string(i)});
  write(entries);
  const Feeding feeding(fed, feed({"nginx.service"}));
  ASSERT_TRUE(fed.reaches(5000));
  EXPECT_EQ(fed.gathered.counts().size(), 5000U);
}

TEST_F(Journal, ThatIsNotThereIsToldAndLookedForAgain) {
  const JournalSource source{.units = {"nginx.service"}, .directory = dir.file("absent")};
  EXPECT_EQ(look_at_journal(source).state, Outcome::State::nothing_there);
  auto open = std::make_unique<JournalFeed>(source, fed.sinks(), fed.context());
  open->tend();
  EXPECT_EQ(open->outcome().state, Outcome::State::failed);
  EXPECT_THAT(open->outcome().why, HasSubstr("No such file"));
}

TEST(UnitNames, AreAsForSystemctl) {
  EXPECT_EQ(unit_name("nginx"), "nginx.service");
  EXPECT_EQ(unit_name("app@1.service"), "app@1.service");
}

}  // namespace
}  // namespace wayside
