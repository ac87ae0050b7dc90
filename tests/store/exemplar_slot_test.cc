#include "agent/store/exemplar_slot.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace wayside {
namespace {

TEST(ExemplarSlot, ReadersBesideAWriterGetWholeOnes) {
  std::vector<Cell> slot(kExemplarCells);
  begin_slot(slot.data(), 7, nullptr);
  std::atomic<bool> running{true};
  std::jthread writer([&] {
    for (std::int64_t i = 1; running; ++i) {
      const std::string id(static_cast<std::size_t>(1 + i % 60), static_cast<char>('a' + i % 26));
      const ExemplarSource source{id, {}, Micros{i}, WallTime{Micros{i}}};
      ExemplarText text;
      write_exemplar(slot.data(), source, exemplar_labels(source, text));
    }
  });
  int read = 0;
  while (read < 20'000) {
    const auto kept = read_exemplar(slot.data());
    if (!kept || kept->size == 0) continue;
    ++read;
    const std::int64_t i = kept->value.count();
    ASSERT_EQ(kept->bucket, 7U);
    ASSERT_EQ(kept->at, WallTime{Micros{i}});
    const std::string id(static_cast<std::size_t>(1 + i % 60), static_cast<char>('a' + i % 26));
    ASSERT_EQ(std::string(kept->text.data(), kept->size), "trace_id=\"" + id + "\"");
  }
  running = false;
}

TEST(ExemplarSlot, TheTraceComesFirstAndTheRequestWhereItFits) {
  ExemplarText text;
  const std::string trace(32, 'a');
  const std::string request = "6f1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
  EXPECT_EQ(exemplar_labels({trace, request}, text),
            "trace_id=\"" + trace + "\",request_id=\"" + request + "\"");
  EXPECT_EQ(exemplar_labels({trace, request + "01234"}, text), "trace_id=\"" + trace + "\"");
  EXPECT_EQ(exemplar_labels({{}, {}}, text), "");
}

}  // namespace
}  // namespace wayside
