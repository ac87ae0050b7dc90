#include "agent/core/result.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <memory>

namespace wayside {
namespace {

TEST(Results, HoldAValueOrTheReasonWhyNot) {
  const Result<int> value = 7;
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value, 7);
  const Result<int> error = Error{"no"};
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().message, "no");
}

TEST(Results, OfNothingSayOnlyWhetherItWasDone) {
  EXPECT_TRUE(Result<void>{}.ok());
  const Result<void> failed = Error{"no"};
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().message, "no");
}

TEST(Results, GiveUpWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> held = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = std::move(held).value();
  EXPECT_EQ(*taken, 3);
}

TEST(Results, AnErrorOfTextIsNoTextOfAnError) {
  const Result<std::string> text = std::string("x");
  EXPECT_TRUE(text.ok());
  EXPECT_EQ(text->size(), 1U);
}

TEST(Errors, TakeTheirContextInFront) {
  EXPECT_EQ(Error{"refused"}.in("connect").in("redis").message, "redis: connect: refused");
}

TEST(Errors, OfTheSystemSayWhy) {
  EXPECT_EQ(system_error("open", ENOENT).message, "open: No such file or directory");
  errno = EACCES;
  EXPECT_EQ(system_error("open").message, "open: Permission denied");
}

}  // namespace
}  // namespace wayside
