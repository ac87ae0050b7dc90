#include "agent/banner.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

Banner banner(std::optional<std::string> config) {
  return {.version = "1.2.3",
          .url = "http://127.0.0.1:4711",
          .observed = {"its own endpoint"},
          .events = "standard output",
          .config = std::move(config)};
}

TEST(Banner, SaysWhereTheEndpointIsAndHowToObserveALog) {
  const std::string text = show_banner(banner(std::nullopt));
  EXPECT_NE(text.find("http://127.0.0.1:4711/metrics"), std::string::npos) << text;
  EXPECT_NE(text.find("targets: [\"127.0.0.1:4711\"]"), std::string::npos) << text;
  EXPECT_NE(text.find("--access-log"), std::string::npos) << text;
}

TEST(Banner, WithAConfigItNamesTheFileAndTeachesNothing) {
  const std::string text = show_banner(banner("w.yaml"));
  EXPECT_NE(text.find("w.yaml"), std::string::npos) << text;
  EXPECT_EQ(text.find("--access-log"), std::string::npos) << text;
}

TEST(Banner, SaysThatNothingIsObserved) {
  Banner nothing = banner("w.yaml");
  nothing.observed.clear();
  EXPECT_NE(show_banner(nothing).find("observes  nothing"), std::string::npos);
}

TEST(Banner, WhereTheCommandLineNamesALogItTeachesNothing) {
  Banner named = banner(std::nullopt);
  named.told_what = true;
  EXPECT_EQ(show_banner(named).find("--access-log"), std::string::npos);
}

TEST(Banner, TellsOfTlsAndOfAnEndpointOpenToAll) {
  Banner secure = banner("w.yaml");
  EXPECT_EQ(show_banner(secure).find("open to"), std::string::npos);
  secure.url = "https://127.0.0.1:4711";
  secure.exposed = true;
  const std::string text = show_banner(secure);
  EXPECT_NE(text.find("scheme: https, static_configs: [{targets: [\"127.0.0.1:4711\"]}]"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("open to   everyone"), std::string::npos) << text;
}

}  // namespace
}  // namespace wayside
