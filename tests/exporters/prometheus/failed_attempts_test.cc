#include "exporters/prometheus/http/failed_attempts.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr FailedAttempts::Rule kThree{.most = 3, .forgiven_in = milliseconds{2'000}, .clients = 4};
const SteadyTime kStart{seconds{1'000}};

void fail(FailedAttempts& attempts, const std::string& client, int times) {
  for (int i = 0; i < times; ++i) attempts.failed(client, kStart);
}

TEST(FailedAttempts, MakeAClientWaitAndAreForgiven) {
  FailedAttempts attempts(kThree);
  EXPECT_EQ(attempts.wait_of("192.0.2.1", kStart), seconds{0});
  EXPECT_FALSE(attempts.failed("192.0.2.1", kStart));
  EXPECT_FALSE(attempts.failed("192.0.2.1", kStart));
  EXPECT_EQ(attempts.wait_of("192.0.2.1", kStart), seconds{0});
  EXPECT_TRUE(attempts.failed("192.0.2.1", kStart)) << "the one that reaches the limit";
  EXPECT_FALSE(attempts.failed("192.0.2.1", kStart)) << "which is told once";
  EXPECT_EQ(attempts.wait_of("192.0.2.1", kStart), seconds{4});
  EXPECT_EQ(attempts.wait_of("192.0.2.1", kStart + seconds{3}), seconds{1});
  EXPECT_EQ(attempts.wait_of("192.0.2.1", kStart + seconds{4}), seconds{0});
  EXPECT_EQ(attempts.of("192.0.2.1", kStart + seconds{60}), 0);
}

TEST(FailedAttempts, AreOfOneClientAlone) {
  FailedAttempts attempts(kThree);
  fail(attempts, "192.0.2.1", 5);
  EXPECT_EQ(attempts.wait_of("192.0.2.2", kStart), seconds{0});
  EXPECT_EQ(attempts.wait_of("2001:db8::1", kStart), seconds{0});
}

TEST(FailedAttempts, OfIpv6AreThoseOfANetwork) {
  FailedAttempts attempts(kThree);
  for (int i = 0; i < 3; ++i) attempts.failed("2001:db8::" + std::to_string(i), kStart);
  EXPECT_GT(attempts.wait_of("2001:db8::abcd:1", kStart), seconds{0});
  EXPECT_EQ(attempts.wait_of("2001:db8:0:1::1", kStart), seconds{0});
}

TEST(FailedAttempts, AreForgottenBeyondTheBoundOldestFirst) {
  FailedAttempts attempts(kThree);
  fail(attempts, "192.0.2.1", 3);
  fail(attempts, "192.0.2.2", 3);
  fail(attempts, "192.0.2.1", 1);  // again, and later than the other
  for (const char* other : {"192.0.2.3", "192.0.2.4", "192.0.2.5"}) fail(attempts, other, 1);
  EXPECT_EQ(attempts.wait_of("192.0.2.2", kStart), seconds{0});
  EXPECT_GT(attempts.wait_of("192.0.2.1", kStart), seconds{0});
}

}  // namespace
}  // namespace wayside
