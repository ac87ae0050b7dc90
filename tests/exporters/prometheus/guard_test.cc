#include "exporters/prometheus/http/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "exporters/prometheus/http/bcrypt.h"
#include "tests/exporters/prometheus/passwords.h"

namespace wayside::test {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

const SteadyTime kNow{seconds{1'000}};

std::shared_ptr<Guard> guard(AuthConfig config) {
  return *Guard::create(std::move(config));
}

Verdict judge(Guard& by, const std::string& authorization,
              const std::string& client = "192.0.2.1") {
  return by.judge(authorization, client, kNow).verdict;
}

TEST(Bcrypt, TakesTheFormsThatProgramsWrite) {
  for (const std::string_view form : {"a", "b", "y"}) {
    std::string hash(kCheapHash);
    hash[2] = form[0];
    EXPECT_FALSE(wrong_with_bcrypt_hash(hash)) << hash;
    EXPECT_TRUE(bcrypt_matches("secret", hash));
    EXPECT_FALSE(bcrypt_matches("Secret", hash));
    EXPECT_FALSE(bcrypt_matches("", hash));
  }
}

TEST(Bcrypt, RefusesOtherHashesAndCostsWithoutShowingThem) {
  const std::string good(kCheapHash);
  for (const std::string& hash :
       {std::string(), std::string("secret"), good + "a", good.substr(0, 59),
        "$2x" + good.substr(3), "$2b$ab" + good.substr(6), "$2b$04/" + good.substr(7),
        good.substr(0, 30) + "!" + good.substr(31), std::string("$6$salt$hash"),
        "$2b$03" + good.substr(6), "$2b$16" + good.substr(6), "$2b$31" + good.substr(6)}) {
    const auto why = wrong_with_bcrypt_hash(hash);
    ASSERT_TRUE(why) << hash;
    EXPECT_TRUE(hash.empty() || why->find(hash) == std::string::npos) << *why;
  }
}

TEST(Guard, LetsInUsersAndBearersAndNobodyElse) {
  const auto by = guard({.users = {{"prom", std::string(kCheapHash)}},
                         .bearer_tokens = {"0123456789abcdef", "fedcba9876543210"},
                         .open_paths = {"/-/healthy"}});
  EXPECT_EQ(judge(*by, basic("prom", "secret")), Verdict::welcome);
  EXPECT_EQ(judge(*by, basic("prom", "secret")), Verdict::welcome) << "and again";
  EXPECT_EQ(judge(*by, "Bearer 0123456789abcdef"), Verdict::welcome);
  EXPECT_EQ(judge(*by, "Bearer fedcba9876543210"), Verdict::welcome);
  EXPECT_EQ(judge(*by, ""), Verdict::missing);
  int client = 0;
  for (const std::string& wrong :
       {basic("prom", "Secret"), basic("prom", ""), basic("prom", "secret "), basic("", "secret"),
        basic("Prom", "secret"), basic("other", "secret"), std::string("Bearer 0123456789abcdeF"),
        std::string("Bearer 0123456789abcde"), std::string("Bearer 0123456789abcdef0"),
        std::string("Digest x"), std::string("Basic !")}) {
    EXPECT_EQ(judge(*by, wrong, "192.0.2." + std::to_string(++client)), Verdict::wrong) << wrong;
  }
  EXPECT_TRUE(by->is_open("/-/healthy"));
  EXPECT_FALSE(by->is_open("/-/healthy/"));
  EXPECT_FALSE(by->is_open("/metrics"));
  EXPECT_EQ(by->challenges().size(), 2U);
}

TEST(Guard, AsksForWhatThereIs) {
  EXPECT_THAT(guard({.users = {{"a", std::string(kCheapHash)}}})->challenges(),
              testing::ElementsAre(testing::StartsWith("Basic realm=")));
  EXPECT_THAT(guard({.bearer_tokens = {"0123456789abcdef"}})->challenges(),
              testing::ElementsAre(testing::StartsWith("Bearer realm=")));
  const auto tokens = guard({.bearer_tokens = {"0123456789abcdef"}});
  EXPECT_EQ(judge(*tokens, basic("a", "secret")), Verdict::wrong);
}

TEST(Guard, AClientThatFailsTooOftenWaitsAndOthersDoNot) {
  const auto by = guard({.users = {{"prom", std::string(kCheapHash)}}});
  int told = 0;
  for (int i = 0; i < 10; ++i) {
    const auto judged = by->judge(basic("prom", "guess"), "192.0.2.1", kNow);
    EXPECT_EQ(judged.verdict, Verdict::wrong);
    told += judged.worth_telling ? 1 : 0;
  }
  EXPECT_EQ(told, 1);
  const auto judged = by->judge(basic("prom", "secret"), "192.0.2.1", kNow);
  EXPECT_EQ(judged.verdict, Verdict::limited) << "or guessing on would tell";
  EXPECT_EQ(judged.retry_after, seconds{6});
  EXPECT_EQ(judge(*by, basic("prom", "secret"), "192.0.2.2"), Verdict::welcome);
  EXPECT_EQ(by->judge(basic("prom", "secret"), "192.0.2.1", kNow + seconds{6}).verdict,
            Verdict::welcome);
}

TEST(Guard, HavingNoCredentialsIsNoFailedAttempt) {
  const auto by = guard({.users = {{"prom", std::string(kCheapHash)}}});
  for (int i = 0; i < 50; ++i) EXPECT_EQ(judge(*by, ""), Verdict::missing);
  EXPECT_EQ(judge(*by, basic("prom", "secret")), Verdict::welcome);
}

steady_clock::duration time_of(Guard& by, const std::string& authorization,
                               const std::string& client) {
  const auto begun = steady_clock::now();
  (void)judge(by, authorization, client);
  return steady_clock::now() - begun;
}

TEST(Guard, AUserNobodyKnowsTakesAsLongAsAWrongPassword) {
  const auto by = guard({.users = {{"prom", std::string(kDearHash)}}});
  auto known = steady_clock::duration::max();
  auto unknown = known;
  for (int i = 0; i < 3; ++i) {
    known = std::min(known, time_of(*by, basic("prom", "x"), "192.0.2.1"));
    unknown = std::min(unknown, time_of(*by, basic("nobody", "x"), "192.0.2.2"));
  }
  EXPECT_LT(known, unknown * 2);
  EXPECT_LT(unknown, known * 2);
}

TEST(Guard, APasswordThatWasRightIsNotHashedAgain) {
  const auto by = guard({.users = {{"prom", std::string(kDearHash)}}});
  const auto first = time_of(*by, basic("prom", "secret"), "192.0.2.1");
  auto later = steady_clock::duration::max();
  for (int i = 0; i < 10; ++i) {
    later = std::min(later, time_of(*by, basic("prom", "secret"), "192.0.2.1"));
  }
  EXPECT_LT(later * 20, first);
}

TEST(Guard, HashesOneAtATimeAndServesWhomItKnowsMeanwhile) {
  const auto by =
      guard({.users = {{"prom", std::string(kDearHash)}}, .bearer_tokens = {"0123456789abcdef"}});
  ASSERT_EQ(judge(*by, basic("prom", "secret"), "192.0.2.1"), Verdict::welcome);
  std::vector<std::thread> guessers;
  std::atomic<int> busy{0};
  std::atomic<int> wrong{0};
  for (int i = 0; i < 6; ++i) {
    guessers.emplace_back([&, i] {
      const Verdict verdict = judge(*by, basic("prom", "guess"), "192.0.2.1" + std::to_string(i));
      ++(verdict == Verdict::busy ? busy : wrong);
    });
  }
  const auto begun = steady_clock::now();
  EXPECT_EQ(judge(*by, basic("prom", "secret"), "192.0.2.1"), Verdict::welcome);
  EXPECT_EQ(judge(*by, "Bearer 0123456789abcdef", "192.0.2.1"), Verdict::welcome);
  const auto took = steady_clock::now() - begun;
  for (std::thread& guesser : guessers) guesser.join();
  EXPECT_EQ(busy + wrong, 6);
  EXPECT_GE(busy, 1) << "one hashes, one waits";
  EXPECT_LT(took, seconds{1});
}

}  // namespace
}  // namespace wayside::test
