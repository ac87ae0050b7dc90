#include <gtest/gtest.h>

#include "exporters/prometheus/config.h"

namespace wayside {
namespace {

TEST(ListenAddress, TakesHostsAndPorts) {
  const std::pair<std::string, ListenAddress> cases[] = {
      {"127.0.0.1:19100", {"127.0.0.1", 19100}},
      {"[::1]:19100", {"::1", 19100}},
      {":19100", {"", 19100}},
      {"localhost:0", {"localhost", 0}},
      {"a-b.example.org:65535", {"a-b.example.org", 65535}},
      {"[fe80::1%eth0]:1", {"fe80::1%eth0", 1}},
  };
  for (const auto& [text, address] : cases) {
    const auto parsed = parse_listen(text);
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    EXPECT_EQ(*parsed, address);
    EXPECT_EQ(parsed->text(), text);
  }
}

TEST(ListenAddress, RefusesWhatIsNone) {
  for (const char* text :
       {"", "19100", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
        "127.0.0.1:0x1", "127.0.0.1:1 ", "::1:19100", "[::1]", "[::1:1", "::1]:1", "[127.0.0.1]:1",
        "[]:1", "http://x:1", "a b:1", "a/b:1", "a\n:1"}) {
    EXPECT_FALSE(parse_listen(text).ok()) << text;
  }
  EXPECT_FALSE(parse_listen(std::string(300, 'a') + ":1").ok());
  EXPECT_FALSE(parse_listen(std::string("a\0b:1", 5)).ok());
}

PrometheusConfig read(std::string_view yaml, ConfigContext& context) {
  context.file = "wayside.yaml";
  PrometheusConfig config;
  read_config(yaml, context, [&](ConfigMap& map) { config = read_prometheus_config(map); });
  return config;
}

TEST(PrometheusConfig, ListensOnLoopbackUnlessTold) {
  ConfigContext context;
  EXPECT_EQ(read("{}", context).listen, "127.0.0.1:19100");
  EXPECT_EQ(read("listen: \"[::1]:9\"", context).listen, "[::1]:9");
  EXPECT_TRUE(context.problems.empty());
}

TEST(PrometheusConfig, ReportsAWrongAddressWithItsPlace) {
  ConfigContext context;
  EXPECT_EQ(read("listen: nowhere", context).listen, "127.0.0.1:19100");
  ASSERT_EQ(context.problems.size(), 1U);
  EXPECT_EQ(context.problems[0].line, 1);
  EXPECT_NE(context.problems[0].message.find("it has no port"), std::string::npos);
}

}  // namespace
}  // namespace wayside
