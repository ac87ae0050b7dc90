#include "collectors/access_log/source/line_cutter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

#include "collectors/access_log/source/line_batch.h"
#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;

void give(LineCutter& cutter, LineSink& sink, std::string_view text) {
  while (!text.empty()) {
    const auto room = cutter.room();
    const auto size = std::min(room.size(), text.size());
    std::memcpy(room.data(), text.data(), size);
    cutter.take(size, sink);
    text.remove_prefix(size);
  }
}

TEST(LineCutters, PiecesOfAnySizeComeOutAsLines) {
  std::mt19937 random(3);
  std::string text;
  std::vector<std::string> lines;
  for (int i = 0; i < 500; ++i) {
    lines.emplace_back(random() % 3000, static_cast<char>('a' + i % 26));
    text += lines.back() + "\n";
  }
  for (const std::size_t most : {std::size_t{1}, std::size_t{100}, std::size_t{700'000}}) {
    Gathered gathered;
    const auto sink = gathered.sink();
    LineCutter cutter;
    for (std::size_t at = 0; at < text.size();) {
      const auto size = 1 + random() % most;
      give(cutter, *sink, std::string_view(text).substr(at, size));
      at += size;
    }
    EXPECT_EQ(gathered.lines(), lines);
    EXPECT_EQ(cutter.held(), "");
  }
}

TEST(LineCutters, ALongLineIsCountedOnceAndLosesNothingElse) {
  Gathered gathered;
  const auto sink = gathered.sink();
  LineCutter cutter;
  give(cutter, *sink, "a\n" + std::string(kMaxLineBytes, 'x') + "\n");
  EXPECT_EQ(gathered.size(), 2U);
  give(cutter, *sink, std::string(kMaxLineBytes + 1, 'x'));
  give(cutter, *sink, std::string(1'000'000, 'x'));
  EXPECT_EQ(cutter.held().size(), 0U);
  give(cutter, *sink, "x\nb\n" + std::string(kMaxLineBytes + 1, 'x') + "\nc\n");
  EXPECT_EQ(gathered.lines().back(), "c");
  EXPECT_EQ(gathered.size(), 4U);
  EXPECT_EQ(gathered.long_lines(), 2U);
}

TEST(LineCutters, WhatStandsAtTheEndWasALine) {
  Gathered gathered;
  const auto sink = gathered.sink();
  LineCutter first;
  give(first, *sink, "a\nb");
  LineCutter second;
  second.go_on_with(first.held());
  give(second, *sink, "c");
  second.end(*sink);
  second.end(*sink);
  EXPECT_THAT(gathered.lines(), ElementsAre("a", "bc"));
}

TEST(LineBatches, AMessageIsOneLineWhateverStandsInIt) {
  Gathered one;
  Gathered other;
  const auto first = one.sink();
  const auto second = other.sink();
  LineBatch batch;
  batch.add(*first, "a\nb\n");
  batch.add(*first, "");
  batch.add(*second, "c");
  EXPECT_THAT(one.lines(), ElementsAre("a b"));
  batch.add(*second, std::string(kMaxLineBytes + 1, 'x'));
  batch.add(*second, std::string(kMaxLineBytes, 'x'));
  for (int i = 0; i < 100; ++i) batch.add(*second, std::string(10'000, 'y'));
  batch.flush();
  EXPECT_EQ(other.size(), 102U);
  EXPECT_EQ(other.long_lines(), 1U);
}

}  // namespace
}  // namespace wayside
