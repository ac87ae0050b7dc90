// Random records, written as nginx would write them in a random format, are read back equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <random>

#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {
namespace {

struct Record {
  std::int64_t second = 0;
  std::int64_t total_millis = 0;
  std::string method, path, client, host, cache, id, agent, user;
  std::uint32_t status = 0;
  std::uint64_t bytes = 0;
  struct Try {
    std::string address;
    std::uint32_t status = 0;
    std::int64_t millis = 0;  // -1: absent
    bool redirected = false;  // by an internal redirect, not by a failed attempt
  };
  std::vector<Try> tries;
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  std::string word(std::string_view alphabet, std::size_t most) {
    std::string text(below(most + 1), ' ');
    for (char& c : text) c = alphabet[below(alphabet.size())];
    return text;
  }
  std::string bytes(std::size_t most) {
    std::string text(below(most + 1), ' ');
    for (char& c : text) c = static_cast<char>(below(256));
    return text;
  }
  std::string one_of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + below(texts.size()));
  }

  Record record() {
    Record r;
    r.second = static_cast<std::int64_t>(below(4'000'000'000));
    r.total_millis = static_cast<std::int64_t>(below(5) == 0 ? below(90'000'000) : below(2'000));
    r.method = one_of({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"});
    r.path = "/" + bytes(90);
    r.client = one_of({"203.0.113.9", "2001:db8::7", "198.51.100.255", "8.8.8.8"});
    r.host = one_of({"a.example", "b.example:8443", "[::1]:80", "localhost"});
    r.cache = one_of({"HIT", "MISS", "-"});
    r.id = word("0123456789abcdef", 32);
    r.agent = bytes(200);
    r.user = one_of({"-", "anna", "two words"});
    r.status = static_cast<std::uint32_t>(200 + below(400));
    r.bytes = below(2) == 0 ? below(1'000) : below(1'000'000'000'000);
    for (std::uint64_t i = below(5); i > 0; --i) r.tries.push_back(attempt());
    return r;
  }

 private:
  Record::Try attempt() {
    return {.address = one_of({"10.0.0.1:8080", "unix:/run/app.sock", "[::1]:80", "backend"}),
            .status = static_cast<std::uint32_t>(200 + below(400)),
            .millis = below(6) == 0 ? -1 : static_cast<std::int64_t>(below(70'000)),
            .redirected = below(3) == 0};
  }
  std::mt19937_64 engine_;
};

std::string escape(std::string_view value) {
  std::string text;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\') {
      text += c;
      continue;
    }
    std::array<char, 8> hex{};
    std::snprintf(hex.data(), hex.size(), "\\x%02X", static_cast<unsigned>(byte));
    text += hex.data();
  }
  return text;
}

std::string decimal(std::int64_t millis) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(millis / 1000),
                static_cast<long long>(millis % 1000));
  return text.data();
}

template <typename Show>
std::string list(const Record& r, const Show& show) {
  std::string text;
  for (std::size_t i = 0; i < r.tries.size(); ++i) {
    if (i > 0) text += r.tries[i].redirected ? " : " : ", ";
    text += show(r.tries[i]);
  }
  return text.empty() ? "-" : text;
}

std::string time_text(const Record& r, const char* pattern) {
  const std::time_t when = r.second;
  std::tm parts{};
  gmtime_r(&when, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), pattern, &parts);
  return text.data();
}

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : text;
}

struct Variable {
  const char* name;
  std::string (*write)(const Record&);
};

const Variable kVariables[] = {
    {"remote_addr", [](const Record& r) { return r.client; }},
    {"remote_user", [](const Record& r) { return r.user; }},
    {"host", [](const Record& r) { return r.host; }},
    {"request", [](const Record& r) { return escape(r.method + " " + r.path + " HTTP/1.1"); }},
    {"status", [](const Record& r) { return std::to_string(r.status); }},
    {"bytes_sent", [](const Record& r) { return std::to_string(r.bytes); }},
    {"http_user_agent", [](const Record& r) { return or_dash(escape(r.agent)); }},
    {"request_time", [](const Record& r) { return decimal(r.total_millis); }},
    {"upstream_addr",
     [](const Record& r) { return list(r, [](const auto& t) { return t.address; }); }},
    {"upstream_status",
     [](const Record& r) {
       return list(r, [](const auto& t) { return std::to_string(t.status); });
     }},
    {"upstream_response_time",
     [](const Record& r) {
       return list(r, [](const auto& t) { return t.millis < 0 ? "-" : decimal(t.millis); });
     }},
    {"upstream_cache_status", [](const Record& r) { return r.cache; }},
    {"request_id", [](const Record& r) { return or_dash(r.id); }},
};

// A format of all variables in any order, each in its own dress.
std::string write_formats(Random& random, std::vector<const Variable*>& order) {
  for (const Variable& variable : kVariables) order.push_back(&variable);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  const char* const time = random.below(2) == 0 ? "[$time_local] " : "$time_iso8601 - ";
  std::string format = time;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::string name = order[i]->name;
    const bool spaced = name == "remote_user" || name == "request" || name == "http_user_agent";
    const bool quoted = spaced || random.below(2) == 0;
    const std::string key = random.below(3) == 0 ? "key_" + std::to_string(i) + "=" : "";
    format += (i > 0 ? " " : "") + key + (quoted ? "\"$" + name + "\"" : "${" + name + "}");
  }
  return format;
}

std::string write_line(std::string format, const std::vector<const Variable*>& order,
                       const Record& record) {
  const auto replace = [&format](const std::string& what, const std::string& by) {
    const std::size_t at = format.find(what);
    if (at != std::string::npos) format.replace(at, what.size(), by);
  };
  std::string line;
  std::size_t i = 0;
  replace("$time_local", time_text(record, "%d/%b/%Y:%H:%M:%S +0000"));
  replace("$time_iso8601", time_text(record, "%Y-%m-%dT%H:%M:%S+00:00"));
  for (const Variable* variable : order) {
    const std::string bare = std::string("$") + variable->name;
    const std::string braced = std::string("${") + variable->name + "}";
    const bool is_braced = format.find(braced, i) != std::string::npos;
    const std::string& text = is_braced ? braced : bare;
    const std::size_t at = format.find(text, i);
    line += format.substr(i, at - i) + variable->write(record);
    i = at + text.size();
  }
  return line + format.substr(i);
}

void expect_equal(const Record& record, const OwnedRequest& request) {
  EXPECT_EQ(request.ended, WallTime{std::chrono::seconds{record.second}});
  EXPECT_EQ(request.total, std::chrono::milliseconds{record.total_millis});
  EXPECT_EQ(to_string(request.method), record.method);
  EXPECT_EQ(request.path, record.path);
  EXPECT_EQ(request.status, record.status);
  EXPECT_EQ(request.bytes, record.bytes);
  EXPECT_EQ(request.client, record.client);
  EXPECT_EQ(request.host, record.host);
  EXPECT_EQ(request.cache_status, record.cache == "-" ? "" : record.cache);
  EXPECT_EQ(request.request_id, record.id);
  // A list that is "-" alone stands for no attempt, but its address tells that there was one.
  ASSERT_EQ(request.attempts.size(), record.tries.size());
  for (std::size_t i = 0; i < record.tries.size(); ++i) {
    const auto& attempt = record.tries[i];
    EXPECT_EQ(request.attempts[i].address, attempt.address);
    EXPECT_EQ(request.attempts[i].status, attempt.status);
    EXPECT_EQ(request.attempts[i].duration,
              attempt.millis < 0 ? kNoDuration : Micros{attempt.millis * 1000});
  }
}

TEST(RoundTrip, WhatNginxWroteIsWhatIsRead) {
  Random random(20'261'123);
  for (int round = 0; round < 60; ++round) {
    std::vector<const Variable*> order;
    const std::string format = write_formats(random, order);
    SCOPED_TRACE(format);
    std::vector<Record> records;
    std::string lines;
    for (int i = 0; i < 100; ++i) {
      records.push_back(random.record());
      lines += write_line(format, order, records.back()) + "\n";
    }
    const Parsed parsed = parse_lines(format, lines);
    ASSERT_EQ(parsed.requests.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) expect_equal(records[i], parsed.requests[i]);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(RoundTrip, AnyByteMayBeCutOrChanged) {
  Random random(7);
  std::vector<const Variable*> order;
  const std::string format = write_formats(random, order);
  for (int i = 0; i < 3'000; ++i) {
    std::string line = write_line(format, order, random.record()) + "\n";
    for (std::uint64_t n = 1 + random.below(4); n > 0; --n) {
      line[random.below(line.size() - 1)] = static_cast<char>(random.below(256));
    }
    const std::string cut = line.substr(random.below(line.size()));
    const Parsed parsed = parse_lines(format, line + cut + line);
    std::uint64_t problems = 0;
    for (const std::uint64_t count : parsed.counts.problems) problems += count;
    EXPECT_EQ(parsed.counts.lines, parsed.requests.size() + problems);
  }
}

}  // namespace
}  // namespace wayside
