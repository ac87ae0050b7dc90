#include "exporters/prometheus/targets.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace wayside {
namespace {

using Names = std::vector<std::string>;

const std::vector<SampleOrigin> kOrigins = {
    {"access_log", ""}, {"redis", "cache"}, {"redis", "queue"}, {"self", ""}};

Selection selected(const Query& query) {
  Selection selection;
  EXPECT_EQ(select_origins(query, kOrigins, selection), std::nullopt);
  return selection;
}

TEST(Targets, WithoutAQueryAllIsSelected) {
  const Selection all = selected({});
  EXPECT_TRUE(all.takes("redis", "cache"));
  EXPECT_TRUE(all.takes("self", ""));
}

TEST(Targets, CollectorsAreSelectedByName) {
  const Selection some = selected({{"collect[]", "self"}, {"collect[]", "access_log"}});
  EXPECT_EQ(some.collectors, (Names{"self", "access_log"}));
  EXPECT_TRUE(some.takes("self", ""));
  EXPECT_FALSE(some.takes("redis", "cache"));
}

TEST(Targets, ATargetIsSelectedByNameAndWhatHasNone) {
  EXPECT_TRUE(selected({{"target", "cache"}}).takes("redis", "cache"));
  EXPECT_FALSE(selected({{"target", "cache"}}).takes("redis", "queue"));
  EXPECT_FALSE(selected({{"target", "cache"}}).takes("self", ""));
  EXPECT_TRUE(selected({{"target", "_none"}}).takes("self", ""));
  EXPECT_FALSE(selected({{"target", "_none"}}).takes("redis", "cache"));
}

TEST(Targets, AnUnknownNameIsToldWithWhatThereIs) {
  Selection selection;
  EXPECT_EQ(select_origins({{"collect[]", "nginx"}}, kOrigins, selection),
            "no such collector; there are: access_log, redis, self\n");
  EXPECT_EQ(select_origins({{"target", "<script>"}}, kOrigins, selection),
            "no such target; there are: _none, cache, queue\n");
}

TEST(Targets, EachTargetIsAScrapeOfItsOwn) {
  EXPECT_EQ(discovered_targets(kOrigins, {.host = "10.0.0.1:19100", .tls = true}).dump(),
            R"([{"targets":["10.0.0.1:19100"],"labels":)"
            R"({"__scheme__":"https","__param_target":"_none"}},)"
            R"({"targets":["10.0.0.1:19100"],"labels":{"__scheme__":"https",)"
            R"("__param_target":"cache","job":"redis","instance":"cache"}},)"
            R"({"targets":["10.0.0.1:19100"],"labels":{"__scheme__":"https",)"
            R"("__param_target":"queue","job":"redis","instance":"queue"}}])");
}

TEST(Targets, WithoutNamedTargetsTheAgentIsOne) {
  const std::vector<SampleOrigin> origins = {{"self", ""}};
  EXPECT_EQ(discovered_targets(origins, {.host = "a:1", .tls = false}).dump(),
            R"([{"targets":["a:1"],"labels":{}}])");
}

TEST(Targets, AHostIsToldWhereItIsAnAddress) {
  for (const char* host : {"10.0.0.1:19100", "[::1]:19100", "node-1.internal:80", "localhost"}) {
    EXPECT_TRUE(is_reachable_at(host)) << host;
  }
  for (const char* host :
       {"", ":19100", "a b:1", "a/b:1", "a:b", "a\"b:1", "a:99999", "user@a:1"}) {
    EXPECT_FALSE(is_reachable_at(host)) << host;
  }
}

}  // namespace
}  // namespace wayside
