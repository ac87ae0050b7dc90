#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "collectors/access_log/format/formats.h"
#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {

// Reads lines, which end in newlines, by a format as a config has it.
inline Parsed parse_named(std::string_view format, std::string_view lines,
                          const FormatOptions& options = {}) {
  auto compiled = named_format(format, options);
  if (!compiled) {
    ADD_FAILURE() << format << ": " << compiled.error().message;
    return {};
  }
  return parse_by(*(*compiled)->parser(), lines);
}

// A request as one text, so that a table can hold what must come of a line:
// "GET /a 200 5120B 12345us @1795473091000000 203.0.113.7 …", each part where it is known.
inline std::string summary(const OwnedRequest& r) {
  std::string text(to_string(r.method));
  text += " " + r.path + " " + std::to_string(r.status) + " " + std::to_string(r.bytes) + "B";
  if (r.total != kNoDuration) text += " " + std::to_string(r.total.count()) + "us";
  if (r.ended != kNoTime) text += " @" + std::to_string(r.ended.time_since_epoch().count());
  if (!r.client.empty()) text += " from=" + r.client;
  if (!r.host.empty()) text += " host=" + r.host;
  if (!r.who.empty()) text += " who=" + r.who;
  if (!r.user_agent.empty()) text += " agent=" + r.user_agent;
  if (!r.request_id.empty()) text += " id=" + r.request_id;
  if (!r.trace_id.empty()) text += " trace=" + r.trace_id;
  if (!r.cache_status.empty()) text += " cache=" + r.cache_status;
  if (r.stream) text += " stream";
  for (const auto& a : r.attempts) {
    text += " [" + a.address + " " + std::to_string(a.status);
    if (a.duration != kNoDuration) text += " " + std::to_string(a.duration.count()) + "us";
    text += "]";
  }
  return text;
}

struct LineCase {
  std::string_view format, line, summary;
};

// Every line of a table, with "\n" and with "\r\n".
template <std::size_t N>
void expect_lines(const LineCase (&cases)[N], const FormatOptions& options = {}) {
  for (const LineCase& c : cases) {
    SCOPED_TRACE(std::string(c.format) + "  |  " + std::string(c.line));
    for (const std::string_view end : {"\n", "\r\n"}) {
      const Parsed parsed = parse_named(c.format, std::string(c.line) + std::string(end), options);
      ASSERT_EQ(parsed.requests.size(), 1);
      EXPECT_EQ(summary(parsed.requests[0]), c.summary);
    }
  }
}

struct UnreadCase {
  std::string_view format, line;
  ParseProblem problem;
};

// Every line has its problem, and the good lines around it are read.
template <std::size_t N>
void expect_unread(const UnreadCase (&cases)[N]) {
  for (const UnreadCase& c : cases) {
    SCOPED_TRACE(std::string(c.format) + "  |  " + std::string(c.line));
    const Parsed parsed = parse_named(c.format, std::string(c.line) + "\n");
    EXPECT_TRUE(parsed.requests.empty());
    EXPECT_EQ(parsed.counts.others, 0);
    EXPECT_EQ(parsed.problems(c.problem), 1);
  }
}

// For times without an offset: the zone of the machine as it is told to a test.
class InZone {
 public:
  explicit InZone(const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
  }
  ~InZone() {
    unsetenv("TZ");
    tzset();
  }
  InZone(const InZone&) = delete;
  InZone& operator=(const InZone&) = delete;
};

}  // namespace wayside
