#include <random>

#include "agent/requests/path_key.h"
#include "agent/requests/recorder.h"
#include "tests/requests/recording.h"

namespace wayside {
namespace {

// Requests as a parser hands them over: in batches, their paths in a block with room behind it.
class Batches {
 public:
  explicit Batches(unsigned seed) : random_(seed) {}

  std::vector<Request> next(const Recording& recording, std::size_t size) {
    paths_.clear();
    for (std::size_t i = 0; i < size; ++i) {
      paths_.push_back(path() + std::string(PathKey::kSize, ' '));
    }
    std::vector<Request> batch;
    for (const std::string& padded : paths_) {
      const std::string_view path =
          std::string_view(padded).substr(0, padded.size() - PathKey::kSize);
      constexpr std::array<std::uint16_t, 6> kStatuses = {200, 200, 404, 500, 301, 101};
      Request request = recording.request(path, static_cast<std::int64_t>(random_() % 1'500),
                                          kStatuses[random_() % kStatuses.size()]);
      request.path_padded = true;
      if (random_() % 16 == 0) request.route_given = "/given/{id}";
      if (random_() % 16 == 0) request.total = kNoDuration;
      batch.push_back(request);
    }
    return batch;
  }

 private:
  std::string path() {
    constexpr std::array kParts = {"api",          "students", "7",   "123456",
                                   "v1",           "20261123", "a-b", "2fa",
                                   "3f2b8c9d0e1a", "rooms",    ""};
    std::string text;
    for (std::size_t i = 1 + random_() % 3; i > 0; --i) {
      text += '/';
      text += kParts[random_() % kParts.size()];
    }
    return random_() % 5 == 0 ? text + "?page=1" : text;
  }

  std::mt19937 random_;
  std::vector<std::string> paths_;
};

std::string events_of(Recording& recording) {
  std::string all;
  for (const Event& event : recording.events.take()) {
    all += event.name + " " + event.message + " " + event.fields.dump() + "\n";
  }
  return all;
}

void expect_same(Recording& a, Recording& b) {
  KeptSamples of_a;
  KeptSamples of_b;
  a.store.visit(of_a);
  b.store.visit(of_b);
  for (const std::string& family : {kServer, kUnmeasured, kIgnored}) {
    const auto& left = of_a.all[family];
    const auto& right = of_b.all[family];
    ASSERT_EQ(left.size(), right.size()) << family;
    for (const auto& [labels, sample] : left) {
      const auto at = right.find(labels);
      ASSERT_NE(at, right.end()) << labels;
      EXPECT_EQ(sample.buckets, at->second.buckets) << labels;
      EXPECT_EQ(sample.value, at->second.value) << labels;
      EXPECT_DOUBLE_EQ(sample.sum, at->second.sum) << labels;
    }
  }
  EXPECT_EQ(events_of(a), events_of(b));
}

void compare(const RequestRules& rules, unsigned seed) {
  Recording batched(rules);
  Recording single(rules);
  Batches batches(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 60; ++i) {
    const std::vector<Request> batch = batches.next(batched, 1 + random() % 80);
    batched.recorder->on(batch);
    for (Request request : batch) {
      request.path_padded = false;
      single.record(request);
    }
    batched.clock.advance(Micros{300'000});
    single.clock.advance(Micros{300'000});
  }
  expect_same(batched, single);
}

std::vector<Request> padded(std::vector<Request> batch) {
  for (Request& request : batch) request.path_padded = true;
  return batch;
}

TEST(RecorderBatches, CountAsRequestsOneByOneDo) {
  for (unsigned seed = 1; seed <= 8; ++seed) compare({}, seed);
}

TEST(RecorderBatches, KeepToRulesAndCaps) {
  RequestRules rules;
  rules.routes = {"/api/7", "/api/:name"};
  rules.ignore = {"/rooms/*"};
  compare(rules, 1);
  RequestRules capped;
  capped.max_series = 20;
  compare(capped, 2);
}

// The route is minted by the first of the batch, after all of it was looked up.
TEST(RecorderBatches, ARouteThatIsNewInABatchCountsAllOfIt) {
  Recording recording;
  const std::string block = "/api/students/1" + std::string(PathKey::kSize, ' ');
  const Request request = recording.request(std::string_view(block).substr(0, 15), 1);
  recording.recorder->on(padded(std::vector<Request>(100, request)));
  EXPECT_EQ(recording.series(kServer)[server_labels("/api/students/:id", 200)], 100U);
}

// As a parser has it whose line tells of none.
TEST(RecorderBatches, APathThatIsNowhereIsNotLookedAt) {
  Recording recording;
  recording.recorder->on(padded({recording.request({}, 1)}));
  EXPECT_EQ(recording.series(kServer)[server_labels("", 200)], 1U);
}

}  // namespace
}  // namespace wayside
