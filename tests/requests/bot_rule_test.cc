#include "agent/requests/bot_rule.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace wayside {
namespace {

constexpr std::string_view kBots[] = {
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; "
    "+http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "GPTBOT/1.0",
    "kube-probe/1.29",
    "ELB-HealthChecker/2.0",
    "GoogleHC/1.0",
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
    "Prometheus/2.42.0",
    "Blackbox Exporter/0.23.0",
    "check_http/v2.3.3 (nagios-plugins 2.3.3)",
    "Mozilla/5.0 zgrab/0.x",
    "Bot",
};
constexpr std::string_view kClients[] = {
    "",
    "-",
    "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 Chrome/119.0 Mobile",
    "curl/7.88.1",
    "python-requests/2.28.1",
    "okhttp/4.9.3",
    "PostmanRuntime/7.32.3",
    "axios/1.6.0",
};

TEST(BotRules, CrawlersMonitorsAndScannersAreBots) {
  BotRule rule(7);
  for (const std::string_view agent : kBots) EXPECT_TRUE(rule.matches(agent)) << agent;
}

TEST(BotRules, BrowsersAndScriptsAreNone) {
  BotRule rule(7);
  for (const std::string_view agent : kClients) EXPECT_FALSE(rule.matches(agent)) << agent;
}

TEST(BotRules, WhatIsRememberedIsWhatWasFound) {
  BotRule rule(7);
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3'000; ++i) {
      const std::string name = "agent-" + std::to_string(i);
      EXPECT_FALSE(rule.matches(name));
      EXPECT_TRUE(rule.matches(name + " crawler"));
    }
  }
}

TEST(BotRules, AnyBytesAreAnswered) {
  std::mt19937 random(3);
  BotRule rule(7);
  for (int i = 0; i < 300; ++i) {
    std::string agent(random() % 2'000, ' ');
    for (char& c : agent) c = static_cast<char>(random());
    const bool bot = rule.matches(agent);
    EXPECT_EQ(rule.matches(agent), bot);
  }
  EXPECT_FALSE(rule.matches(std::string(65'536, 'a') + "bot")) << "only the front is looked at";
}

}  // namespace
}  // namespace wayside
