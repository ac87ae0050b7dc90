#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/time.h"

namespace wayside {

// A request that a logger is to tell of, in JSON.
struct JsonRecord {
  std::string method, path, client, host, agent, id;
  std::int64_t ended_millis = 0;
  std::int64_t micros = 0;
  int status = 200;
  std::uint64_t bytes = 0;
};

class JsonRandom {
 public:
  explicit JsonRandom(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  std::string one_of(std::initializer_list<const char*> texts) {
    return *(texts.begin() + below(texts.size()));
  }
  // Any characters, those that JSON escapes and all planes of Unicode among them.
  std::string text(std::size_t most) {
    std::string text;
    for (std::uint64_t i = below(most + 1); i > 0; --i) {
      text += below(8) == 0 ? one_of({"\"", "\\", "/", "\n", "\t", "\x01", "\x7f", "é", "€", "😀"})
                            : std::string(1, static_cast<char>('a' + below(26)));
    }
    return text;
  }

  JsonRecord record() {
    return {.method = one_of({"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"}),
            .path = "/" + text(60),
            .client = one_of({"203.0.113.9", "2001:db8::7", "198.51.100.255"}),
            .host = one_of({"a.example", "b.example:8443", "localhost"}),
            .agent = "x" + text(120),
            .id = "r" + std::to_string(below(1'000'000)),
            .ended_millis = static_cast<std::int64_t>(1'000'000'000'000 + below(3'000'000'000'000)),
            .micros = static_cast<std::int64_t>(below(3) == 0 ? below(90'000'000) : below(2'000)),
            .status = static_cast<int>(200 + below(400)),
            .bytes = below(2) == 0 ? 1 + below(1'000) : below(1'000'000'000'000)};
  }

 private:
  std::mt19937_64 engine_;
};

// How somebody writes a record, and what is left of its time and duration then.
struct JsonWriter {
  const char* name;
  nlohmann::ordered_json (*write)(const JsonRecord&);
  std::int64_t time_unit;      // in milliseconds
  std::int64_t duration_unit;  // in microseconds
};

const std::vector<JsonWriter>& json_writers();

}  // namespace wayside
