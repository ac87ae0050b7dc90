#pragma once

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <string_view>

#include "tests/bench/bare_loop.h"

namespace wayside::bench {

// The floor: a plain loop over the lines of JsonLogLines that knows the order of their keys and
// looks at nothing else.
class BareJsonLoop {
 public:
  // Whole lines. Returns how many there were.
  std::uint64_t run(std::string_view block) {
    const char* p = block.data();
    const char* const end = p + block.size();
    std::uint64_t lines = 0;
    while (p < end) {
      const auto* newline =
          static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
      line(p, newline);
      p = newline + 1;
      ++lines;
    }
    return lines;
  }
  [[nodiscard]] std::uint64_t counted() const { return counts_.counted(); }

 private:
  // Behind the value of the string that begins at `p`, and behind the next key.
  static const char* after_string(const char* p, const char* end, std::size_t key) {
    return static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end - p))) + key;
  }
  static std::uint64_t number(const char*& p) {
    std::uint64_t value = 0;
    for (; *p != ',' && *p != '"'; ++p) {
      if (*p >= '0' && *p <= '9') value = value * 10 + static_cast<std::uint64_t>(*p - '0');
    }
    return value;
  }

  void line(const char* p, const char* end) {
    p += sizeof(R"({"time_iso8601":"2026-11-23T22:31:31+00:00","remote_addr":")") - 1;
    p = after_string(p, end, sizeof(R"(","remote_user":"","request":")") - 1);
    std::uint64_t hash = hash_request(p);
    p = after_string(p, end, sizeof(R"(","status":)") - 1);
    hash = hash_more(hash, number(p));
    p += sizeof(R"(,"body_bytes_sent":)") - 1;
    bytes_ += number(p);
    p += sizeof(R"(,"http_referer":")") - 1;
    p = after_string(p, end, sizeof(R"(","http_user_agent":")") - 1);
    p = after_string(p, end, sizeof(R"(","request_time":)") - 1);
    const std::uint64_t total = number(p) * 1000;
    p += sizeof(R"(,"upstream_response_time":")") - 1;
    upstream_ += number(p);
    counts_.add(hash, total);
  }

  BareCounts counts_;
  std::uint64_t bytes_ = 0;
  std::uint64_t upstream_ = 0;
};

// The same by simdjson on demand, each field asked for in the order of the keys: line by line, as
// one broken line must not cost the others. `aggregate`: counts, and not just the fields.
class SimdjsonLoop {
 public:
  explicit SimdjsonLoop(bool aggregate) : aggregate_(aggregate) {}

  // Whole lines with 64 readable bytes behind them. Returns how many there were.
  std::uint64_t run(std::string_view block) {
    const char* p = block.data();
    const char* const end = p + block.size();
    std::uint64_t lines = 0;
    while (p < end) {
      const auto* newline =
          static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
      const auto size = static_cast<std::size_t>(newline - p);
      simdjson::ondemand::document line;
      if (parser_.iterate(p, size, size + simdjson::SIMDJSON_PADDING).get(line) == 0) take(line);
      p = newline + 1;
      ++lines;
    }
    return lines;
  }
  [[nodiscard]] std::uint64_t counted() const { return aggregate_ ? counts_.counted() : fields_; }

 private:
  void take(simdjson::ondemand::document& line) {
    simdjson::ondemand::object object;
    std::string_view request;
    std::string_view upstream;
    std::uint64_t status = 0;
    std::uint64_t bytes = 0;
    double total = 0;
    if (line.get_object().get(object) != 0 ||
        object.find_field("request").get_string().get(request) != 0 ||
        object.find_field("status").get_uint64().get(status) != 0 ||
        object.find_field("body_bytes_sent").get_uint64().get(bytes) != 0 ||
        object.find_field("request_time").get_double().get(total) != 0 ||
        object.find_field("upstream_response_time").get_string().get(upstream) != 0) {
      return;
    }
    bytes_ += bytes + upstream.size();
    ++fields_;
    if (!aggregate_) return;
    const char* p = request.data();
    counts_.add(hash_more(hash_request(p), status), static_cast<std::uint64_t>(total * 1e6));
  }

  simdjson::ondemand::parser parser_;
  bool aggregate_;
  BareCounts counts_;
  std::uint64_t bytes_ = 0;
  std::uint64_t fields_ = 0;
};

}  // namespace wayside::bench
