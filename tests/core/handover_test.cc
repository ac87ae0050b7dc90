#include "agent/core/handover.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace wayside {
namespace {

FileDescriptor some_descriptor() {
  return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

TEST(Handovers, WhatWasLeftIsTakenOnce) {
  Handover handover;
  EXPECT_FALSE(handover.take("a"));
  auto fd = some_descriptor();
  const int number = fd.get();
  handover.leave("a", {.descriptor = std::move(fd), .text = "half a line"});
  const auto left = handover.take("a");
  ASSERT_TRUE(left);
  EXPECT_EQ(left->descriptor.get(), number);
  EXPECT_EQ(left->text, "half a line");
  EXPECT_FALSE(handover.take("a"));
}

TEST(Handovers, WhatNobodyTookIsClosedWithWhatBelongsToIt) {
  Handover handover;
  auto fd = some_descriptor();
  const int number = fd.get();
  auto file = std::make_shared<const int>(1);
  const std::weak_ptr<const int> watched = file;
  handover.leave("a", {.descriptor = std::move(fd), .text = {}, .with = std::move(file)});
  EXPECT_TRUE(is_open(number));
  handover.clear();
  EXPECT_FALSE(is_open(number));
  EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace wayside
