#include "collectors/processes/leaks/mem_available.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

TEST(MemAvailable, IsReadInBytes) {
  EXPECT_EQ(parse_mem_available("MemTotal:       16000000 kB\nMemAvailable:    8000 kB\nX: 1 kB\n"),
            8'192'000U);
}

TEST(MemAvailable, OfAnyOtherTextIsAbsent) {
  for (const std::string_view text :
       {"", "\n\n", "MemAvailable:", "MemAvailable: kB", "MemAvailable: 5", "MemAvailable: 5 MB",
        "MemAvailable: -5 kB", "MemAvailable: 5x kB", "MemAvailable 5 kB", "XMemAvailable: 5 kB",
        "MemAvailable: 18446744073709551615 kB", "MemAvailable: 99999999999999999999 kB"}) {
    EXPECT_FALSE(parse_mem_available(text)) << text;
  }
}

}  // namespace
}  // namespace wayside
