// Random records, written as Apache, HAProxy, gunicorn, uvicorn and morgan would write them, are
// read back equal.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

struct Record {
  std::int64_t second = 0;  // when it was answered
  std::int64_t micros = 0;  // how long it took, less than a second of it
  std::string method, path, client, agent;
  std::uint32_t status = 0;
  std::uint64_t bytes = 0;
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  // Bytes that `allowed` takes; without it, any.
  std::string bytes(std::size_t most, bool (*allowed)(char)) {
    std::string text;
    for (std::size_t left = below(most + 1); left > 0; --left) {
      const char c = static_cast<char>(below(256));
      if (allowed(c)) text += c;
    }
    return text;
  }
  std::string one_of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + below(texts.size()));
  }
  Record record(bool (*allowed)(char)) {
    Record r;
    r.second = static_cast<std::int64_t>(below(4'000'000'000));
    r.micros = static_cast<std::int64_t>(below(20'000'000));
    r.method = one_of({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"});
    r.path = "/" + bytes(60, allowed);
    r.client = one_of({"203.0.113.9", "2001:db8::7", "8.8.8.8"});
    r.agent = "a" + bytes(80, allowed);
    r.status = static_cast<std::uint32_t>(200 + below(400));
    r.bytes = below(2) == 0 ? below(1'000) : below(1'000'000'000'000);
    return r;
  }

 private:
  std::mt19937_64 engine_;
};

std::string time_text(std::int64_t second, const char* pattern) {
  const std::time_t when = second;
  std::tm parts{};
  gmtime_r(&when, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), pattern, &parts);
  return text.data();
}

std::string number(const char* pattern, std::int64_t value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), pattern, static_cast<long long>(value));
  return text.data();
}

bool is_printable(char c) {
  return c >= 0x20 && c < 0x7F;
}

std::string hidden(std::string_view value, const char* pattern, std::string_view special) {
  std::string text;
  for (const char c : value) {
    if (is_printable(c) && special.find(c) == std::string_view::npos) {
      text += c;
      continue;
    }
    std::array<char, 8> code{};
    std::snprintf(code.data(), code.size(), pattern, static_cast<unsigned>(c) & 0xFFU);
    text += code.data();
  }
  return text;
}

std::string with_slashes(std::string_view value, std::string_view special) {
  std::string text;
  for (const char c : value) {
    if (special.find(c) != std::string_view::npos) text += '\\';
    text += c;
  }
  return text;
}

constexpr const char* kClf = "%d/%b/%Y:%H:%M:%S +0000";

// A format, how it writes a record, which bytes its values may hold, and the parts of a
// microsecond that it cuts off.
struct Writer {
  std::string_view format;
  std::function<std::string(const Record&)> write;
  bool (*allowed)(char);
  std::int64_t resolution = 1;
  bool has_time = true, has_client = true, has_bytes = true, has_total = true;
};

bool any_byte(char /*c*/) {
  return true;
}
bool no_control(char c) {
  return is_printable(c);
}
bool no_space(char c) {
  return is_printable(c) && c != ' ' && c != '\\';
}

std::string apache(const Record& r) {
  const auto escape = [](std::string_view text) { return hidden(text, "\\x%02x", "\"\\"); };
  // The time is that of the arrival.
  const std::int64_t arrived = r.second * 1'000'000 - r.micros;
  return r.client + " - - " + number("%lld", arrived) + " \"" + r.method + " " + escape(r.path) +
         " HTTP/1.1\" " + std::to_string(r.status) + " " + std::to_string(r.bytes) + " \"-\" \"" +
         escape(r.agent) + "\" " + std::to_string(r.micros);
}

std::string haproxy(const Record& r) {
  const std::int64_t arrived = r.second * 1'000 - r.micros / 1'000;
  const std::int64_t fraction = ((arrived % 1'000) + 1'000) % 1'000;
  return "haproxy[7]: " + r.client + ":4242 [" +
         time_text((arrived - fraction) / 1'000, "%d/%b/%Y:%H:%M:%S.") +
         number("%03lld", fraction) + "] fe be/s1 0/0/1/2/" + std::to_string(r.micros / 1'000) +
         " " + std::to_string(r.status) + " " + std::to_string(r.bytes) +
         " - - ---- 1/1/1/1/0 0/0 {" + hidden(r.agent, "#%02X", "\"#{|}") + "} \"" + r.method +
         " " + hidden(r.path, "#%02X", "\"#") + " HTTP/1.1\"";
}

std::string gunicorn(const Record& r) {
  return r.client + " - - [" + time_text(r.second, kClf) + "] \"" + r.method + " " +
         with_slashes(r.path, "\"") + " HTTP/1.1\" " + std::to_string(r.status) + " " +
         std::to_string(r.bytes) + " \"-\" \"" + with_slashes(r.agent, "\"") + "\" " +
         number("%lld", r.micros / 1'000'000) + "." + number("%06lld", r.micros % 1'000'000);
}

std::string uvicorn(const Record& r) {
  return "INFO:     " + r.client + ":4242 - \"" + r.method + " " + r.path + " HTTP/1.1\" " +
         std::to_string(r.status) + " Some Phrase";
}

std::string morgan(const Record& r) {
  return r.client + " - [" + time_text(r.second, "%a, %d %b %Y %H:%M:%S GMT") + "] " + r.method +
         " " + r.path + " " + std::to_string(r.status) + " " + std::to_string(r.bytes) + " \"" +
         r.agent + "\" " + number("%lld", r.micros / 1'000) + "." +
         number("%03lld", r.micros % 1'000) + " ms";
}

const Writer kWriters[] = {
    {R"x(%h %l %u %{usec}t "%r" %>s %O "%{Referer}i" "%{User-Agent}i" %D)x", apache, any_byte},
    {"haproxy", haproxy, any_byte, 1'000},
    {R"x(%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(L)s)x", gunicorn, no_space},
    {"uvicorn", uvicorn, no_space, 1, false, true, false, false},
    {R"x(:remote-addr - [:date] :method :url :status :res[content-length] ":user-agent" )x"
     R"x(:response-time ms)x",
     morgan, no_space},
};

void expect_equal(const Writer& writer, const Record& record, const OwnedRequest& request) {
  const auto cut = [&](std::int64_t micros) { return micros / writer.resolution; };
  EXPECT_EQ(to_string(request.method), record.method);
  EXPECT_EQ(request.path, record.path);
  EXPECT_EQ(request.status, record.status);
  if (writer.has_client) {
    EXPECT_EQ(request.client, record.client);
  }
  if (writer.has_bytes) {
    EXPECT_EQ(request.bytes, record.bytes);
  }
  if (writer.has_total) {
    EXPECT_EQ(cut(request.total.count()), cut(record.micros));
  }
  if (writer.has_time) {
    EXPECT_EQ(request.ended, WallTime{std::chrono::seconds{record.second}});
  }
}

TEST(ServiceRoundTrip, WhatWasWrittenIsWhatIsRead) {
  const InZone zone("UTC");
  Random random(20'261'124);
  for (const Writer& writer : kWriters) {
    SCOPED_TRACE(writer.format);
    std::vector<Record> records;
    std::string lines;
    for (int i = 0; i < 2'000; ++i) {
      Record record = random.record(writer.allowed);
      record.second += 100;  // arrivals are not before 1970
      lines += writer.write(record) + "\n";
      records.push_back(std::move(record));
    }
    FormatOptions options;
    options.user_agent = true;
    const Parsed parsed = parse_named(writer.format, lines, options);
    ASSERT_EQ(parsed.requests.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      expect_equal(writer, records[i], parsed.requests[i]);
      if (testing::Test::HasFailure()) return;
    }
  }
}

TEST(ServiceRoundTrip, AnyByteMayBeCutOrChanged) {
  Random random(7);
  for (const Writer& writer : kWriters) {
    SCOPED_TRACE(writer.format);
    const auto format = named_format(writer.format, {});
    ASSERT_TRUE(format.ok());
    for (int i = 0; i < 2'000; ++i) {
      std::string line = writer.write(random.record(no_control)) + "\n";
      for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
        line[random.below(line.size() - 1)] = static_cast<char>(random.below(256));
      }
      const std::string cut = line.substr(random.below(line.size()));
      const Parsed parsed = parse_by(*(*format)->parser(), line + cut + line);
      std::uint64_t problems = 0;
      for (const std::uint64_t count : parsed.counts.problems) problems += count;
      EXPECT_EQ(parsed.counts.lines, parsed.requests.size() + parsed.counts.others + problems);
    }
  }
}

}  // namespace
}  // namespace wayside
