#include "agent/requests/problem_board.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

const WallTime kNow{std::chrono::seconds{1'700'000'000}};
const ProblemKey kKey{"access_log", "/a.log", "no_match"};

TEST(ProblemBoards, KeepTheFirstExampleForAWhile) {
  ProblemBoard board;
  EXPECT_TRUE(board.wants_example(kKey, kNow));
  board.tell(kKey, 2, kNow, "/a.log", "first");
  EXPECT_FALSE(board.wants_example(kKey, kNow));
  board.tell(kKey, 3, kNow + std::chrono::seconds{5});
  EXPECT_EQ(board.json({}, kNow)["problems"].dump(),
            R"([{"collector":"access_log","source":"/a.log","reason":"no_match","count":5,)"
            R"("first":"2023-11-14T22:13:20.000Z","last":"2023-11-14T22:13:25.000Z",)"
            R"("file":"/a.log","example":"first"}])");
  const WallTime later = kNow + std::chrono::minutes{11};
  ASSERT_TRUE(board.wants_example(kKey, later));
  board.tell(kKey, 1, later, "/a.log.1", "another");
  EXPECT_EQ(board.json({}, later)["problems"][0]["example"], "another");
}

TEST(ProblemBoards, OneSourceCanBeAskedFor) {
  ProblemBoard board;
  board.tell(kKey, 1, kNow, "/a.log", "a");
  board.tell({"access_log", "/b.log", "no_match"}, 1, kNow, "/b.log", "b");
  EXPECT_EQ(board.json({}, kNow)["problems"].size(), 2U);
  EXPECT_EQ(board.json("/b.log", kNow)["problems"].size(), 1U);
  EXPECT_TRUE(board.json("/c.log", kNow)["problems"].empty());
}

TEST(ProblemBoards, WhatIsOverIsForgotten) {
  ProblemBoard board;
  board.tell(kKey, 7, kNow, "/a.log", "a");
  const WallTime later = kNow + std::chrono::hours{2};
  EXPECT_TRUE(board.json({}, later)["problems"].empty());
  board.tell(kKey, 1, later, "/a.log", "b");
  EXPECT_EQ(board.json({}, later)["problems"][0]["count"], 1);
}

TEST(ProblemBoards, AreBounded) {
  ProblemBoard board;
  for (std::size_t i = 0; i < 3 * ProblemBoard::kMost; ++i) {
    board.tell({"access_log", "/" + std::to_string(i), "no_match"}, 1, kNow, "f", "e");
  }
  EXPECT_EQ(board.json({}, kNow)["problems"].size(), ProblemBoard::kMost);
  const WallTime later = kNow + std::chrono::hours{2};
  board.tell(kKey, 1, later, "f", "e");
  EXPECT_EQ(board.json({}, later)["problems"].size(), 1U) << "old ones make room";
}

}  // namespace
}  // namespace wayside
