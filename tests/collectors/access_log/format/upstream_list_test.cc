#include "collectors/access_log/format/upstream_list.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace wayside {
namespace {

struct ListCase {
  std::string_view text;
  std::vector<std::string_view> elements;
};

TEST(UpstreamList, SplitsAtCommasAndLoneColons) {
  const ListCase cases[] = {
      {"", {}},
      {"-", {"-"}},
      {"0.001", {"0.001"}},
      {"0.001, 0.002", {"0.001", "0.002"}},
      {"0.001,0.002", {"0.001", "0.002"}},
      {"0.001 : 0.002", {"0.001", "0.002"}},
      {"0.001, - : 0.002", {"0.001", "-", "0.002"}},
      {"0.001 : ", {"0.001"}},
      {"[::1]:80, unix:/run/a : b:1", {"[::1]:80", "unix:/run/a", "b:1"}},
      {", a", {"", "a"}},
      {" : a", {"", "a"}},
  };
  for (const ListCase& c : cases) {
    UpstreamList list(c.text);
    std::vector<std::string_view> elements;
    for (std::string_view element; list.next(element);) elements.push_back(element);
    EXPECT_EQ(elements, c.elements) << c.text;
  }
}

class AttemptsOf {
 public:
  AttemptsOf() { attempts.start(room_.data()); }
  Attempts attempts;

 private:
  std::array<Attempt, Attempts::kMost> room_{};
};

TEST(Attempts, AreBornAbsent) {
  AttemptsOf of;
  of.attempts.addresses("a, b, c");
  EXPECT_TRUE(of.attempts.statuses("502"));
  EXPECT_TRUE(of.attempts.durations("-, 0.5"));
  const auto got = of.attempts.get();
  ASSERT_EQ(got.size(), 3);
  EXPECT_EQ(got[0].status, 502);
  EXPECT_EQ(got[0].duration, kNoDuration);
  EXPECT_EQ(got[1].address, "b");
  EXPECT_EQ(got[1].status, 0);
  EXPECT_EQ(got[1].duration, Micros{500'000});
  EXPECT_EQ(got[2].address, "c");
  EXPECT_EQ(got[2].duration, kNoDuration);
}

TEST(Attempts, RefuseMalformedElements) {
  AttemptsOf of;
  EXPECT_FALSE(of.attempts.statuses("50"));
  EXPECT_FALSE(of.attempts.statuses("5o2"));
  EXPECT_FALSE(of.attempts.statuses("200, 5020"));
  EXPECT_FALSE(of.attempts.durations("nan"));
  EXPECT_FALSE(of.attempts.durations("0.1, -0.2"));
  EXPECT_TRUE(of.attempts.statuses("-"));
  EXPECT_TRUE(of.attempts.durations(""));
}

TEST(Attempts, KeepToTheirRoom) {
  AttemptsOf of;
  std::string addresses = "a";
  for (int i = 0; i < 1'000; ++i) addresses += ", a";
  of.attempts.addresses(addresses);
  EXPECT_EQ(of.attempts.get().size(), Attempts::kMost);
}

}  // namespace
}  // namespace wayside
