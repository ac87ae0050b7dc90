#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// What the value of a key tells of a request.
enum class JsonField : std::uint8_t {
  skip,
  path,
  request_line,  // "GET /x HTTP/1.1"
  method,
  status,
  duration,
  time,   // when the line was written
  begun,  // when the request came
  client,
  forwarded,  // X-Forwarded-For
  host,
  user_agent,
  request_id,
  trace_id,
  traceparent,
  who,
  cache_status,
  bytes,
  content_type,  // of the answer
  route,
  upstream_address,
  upstream_status,
  upstream_time,
  message
};
inline constexpr std::size_t kJsonFields = 24;

// The unit of a number that is a duration.
enum class DurationUnit : std::uint8_t { unknown, s, ms, us, ns };

// Signs of who wrote a line: bits, set by keys that stand in it. See json_dialect.h.
using JsonMarks = std::uint32_t;

// What is known of one key of an object.
struct JsonKey {
  JsonField field = JsonField::skip;
  std::uint8_t rank = 0;  // of several keys for one field the highest counts
  DurationUnit unit = DurationUnit::unknown;
  bool who = false;         // it tells whose request it is, besides its field
  JsonMarks marks = 0;      // set by a string, number, true, false or null
  std::uint16_t scope = 0;  // the keys of an object that is its value; 0: none is known

  // Whether nothing of its value matters.
  [[nodiscard]] bool is_nothing() const { return field == JsonField::skip && !who && marks == 0; }
};

// One value as it is written: of a string what stands between its quotes.
struct JsonValue {
  const char* begin = nullptr;
  std::uint32_t size = 0;
  bool string = false;
  bool escapes = false;
  DurationUnit unit = DurationUnit::unknown;
  std::uint8_t rank = 0;

  [[nodiscard]] std::string_view text() const { return {begin, size}; }
};

// The values of one line by field, whichever way they were found. What is null, empty or "-" is
// not stated. Of two values of equal rank, as of a repeated key, the last one counts.
class JsonSlots {
 public:
  void clear() {
    present_ = 0;
    marks_ = 0;
  }

  void put(const JsonKey& key, JsonValue value) {
    marks_ |= key.marks;
    if (value.size == 0 || (value.size == 1 && *value.begin == '-')) return;
    if (!value.string && *value.begin == 'n') return;
    if (key.who) keep(JsonField::who, 0xFF, value);
    if (key.field == JsonField::skip) return;
    value.unit = key.unit;
    keep(key.field, key.rank, value);
  }

  [[nodiscard]] bool has(JsonField field) const { return (present_ & bit(field)) != 0; }
  // Only where `has`.
  [[nodiscard]] const JsonValue& operator[](JsonField field) const { return values_[at(field)]; }
  [[nodiscard]] JsonMarks marks() const { return marks_; }

 private:
  static constexpr std::size_t at(JsonField field) { return static_cast<std::size_t>(field); }
  static constexpr std::uint32_t bit(JsonField field) { return 1U << at(field); }

  void keep(JsonField field, std::uint8_t rank, JsonValue value) {
    if (has(field) && values_[at(field)].rank > rank) return;
    value.rank = rank;
    values_[at(field)] = value;
    present_ |= bit(field);
  }

  std::uint32_t present_ = 0;
  JsonMarks marks_ = 0;
  std::array<JsonValue, kJsonFields> values_{};
};

}  // namespace wayside
