#include "collectors/access_log/source/syslog_header.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

using namespace std::string_view_literals;

TEST(SyslogHeader, IsTakenFromTheTextWhateverItsKind) {
  const struct {
    std::string_view datagram, tag, text;
  } cases[] = {
      // nginx, with and without `nohostname`.
      {"<190>Nov 23 22:31:31 web-1 nginx: 10.0.0.9 - - [a]", "nginx", "10.0.0.9 - - [a]"},
      {"<190>Nov  3 22:31:31 nginx: 10.0.0.9 - -", "nginx", "10.0.0.9 - -"},
      {"<190>Nov  3 22:31:31 web.example.com edge_1: {\"a\": 1}\n", "edge_1", "{\"a\": 1}"},
      // HAProxy, rsyslog, logger and what has no time at all.
      {"<134>Nov 23 22:31:31 haproxy[1234]: a  b", "haproxy", "a  b"},
      {"<134>Nov 23 22:31:31 fe80:: nginx[1]: a", "nginx", "a"},
      {"<134>2026-11-23T22:31:31.123456+00:00 host postfix/smtp[7]: a", "postfix/smtp", "a"},
      {"<13>nginx: a", "nginx", "a"},
      {"<13>10.0.0.9 - - [23/Nov/2026:22:31:31 +0000]", "",
       "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000]"},
      {"<13>Nov 23 22:31:31 10.0.0.9 - - [x]", "", "10.0.0.9 - - [x]"},
      {"<13>Nov 23 22:31:31 nginx:", "nginx", ""},
      // RFC 5424.
      {"<190>1 2026-11-23T22:31:31.123Z web-1 nginx 123 ID47 - a b", "nginx", "a b"},
      {"<190>1 - - - - - - a", "", "a"},
      {"<190>1 2026-11-23T22:31:31Z h app - - -", "app", ""},
      {"<190>1 2026-11-23T22:31:31Z h app - - - \xEF\xBB\xBF"
       "a",
       "app", "a"},
      {R"(<190>1 2026-11-23T22:31:31Z h app - - [x@1 a="1 ]\"" b="\\"][y@1] a [b])", "app",
       "a [b]"},
      {"<190>1 2026-11-23T22:31:31Z h app - - [x@1 a=\"1", "",
       "1 2026-11-23T22:31:31Z h app - - [x@1 a=\"1"},
      {"<190>1 apple", "", "1 apple"},
      // No header at all.
      {"10.0.0.9 - - [a]\r\n", "", "10.0.0.9 - - [a]\r"},
      {"", "", ""},
      {"<", "", "<"},
      {"<190", "", "<190"},
      {"<190>", "", ""},
      {"<>a", "", "<>a"},
      {"<1900>a", "", "<1900>a"},
      {"<190>a\0\n\0"sv, "", "a"},
      {"<190>Nov 23 22:31:31", "", "Nov 23 22:31:31"},
  };
  for (const auto& c : cases) {
    const auto message = read_syslog(c.datagram);
    EXPECT_EQ(message.tag, c.tag) << c.datagram;
    EXPECT_EQ(message.text, c.text) << c.datagram;
  }
}

TEST(SyslogHeader, ATagHasAnEnd) {
  const std::string name(49, 'a');
  EXPECT_EQ(read_syslog("<13>" + name + ": text").text, name + ": text");
  EXPECT_EQ(read_syslog("<13>" + name.substr(1) + ": text").text, "text");
}

}  // namespace
}  // namespace wayside
