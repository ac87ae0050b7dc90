// What Apache, HAProxy, gunicorn, uvicorn and nginx log is what the agent counts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/log_pair.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;

TEST(Apache, ItsLogFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format = R"x(%h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i" %D)x";
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_apache(pair.upstream.port(), format));
  expect_agreement(pair, format, kTimed);
}

TEST(Apache, TimesInOtherPatternsAndUnitsCountWhatWasSent) {
  const std::string format =
      R"x([%{%F %T}t.%{usec_frac}t %{%z}t] %v:%p %a "%m %U%q %H" %s %>s %B %{ms}T %!200{X-A}i)x";
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_apache(pair.upstream.port(), format));
  expect_agreement(pair,
                   "LogFormat \"" + std::string(R"x([%{%F %T}t.%{usec_frac}t %{%z}t] %v:%p )x") +
                       R"x(%a \"%m %U%q %H\" %s %>s %B %{ms}T %!200{X-A}i" edge)x",
                   kTimed);
}

void expect_servers(const LogPair& pair) {
  const auto page = pair.agent.page();
  const auto attempts =
      page.sum("http_client_request_duration_seconds_count", {{"server_address", "node1"}});
  EXPECT_EQ(attempts, page.sum(kTimed));
}

TEST(Haproxy, ItsHttpLogIsToldAndCountsWhatWasSent) {
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_haproxy(pair.upstream.port(), "httplog"));
  expect_agreement(pair, "auto", kTimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as haproxy"));
  expect_servers(pair);
}

TEST(Haproxy, ItsClfLogIsToldAndCountsWhatWasSent) {
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_haproxy(pair.upstream.port(), "httplog clf"));
  expect_agreement(pair, "auto", kTimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as haproxy_clf"));
  expect_servers(pair);
}

TEST(Gunicorn, ItsFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format =
      R"x(%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s)x";
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_gunicorn(format, false));
  expect_agreement(pair, format, kTimed);
}

TEST(Gunicorn, ItsDefaultIsToldBehindItsLoggersPrefix) {
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_gunicorn("", true));
  expect_agreement(pair, "auto", kUntimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as gunicorn"));
}

TEST(Uvicorn, ItsLinesAreToldWithAndWithoutColours) {
  for (const bool coloured : {false, true}) {
    SCOPED_TRACE(coloured);
    LogPair pair;
    ASSERT_TRUE(pair.writer.start_uvicorn(coloured));
    expect_agreement(pair, "auto", kUntimed);
    EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as uvicorn"));
  }
}

TEST(NginxJson, ItsLinesAreToldAndCountWhatWasSent) {
  LogPair pair;
  ASSERT_TRUE(pair.writer.start_nginx_json(pair.upstream.port()));
  expect_agreement(pair, "auto", kTimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as JSON lines as nginx"));
}

}  // namespace
}  // namespace wayside::e2e
