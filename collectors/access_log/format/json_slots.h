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
  message,
  process
};
inline constexpr std::size_t kJsonFields = 25;

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
};

// What is known of a value besides its text. One word, to be copied as one.
struct alignas(4) JsonTraits {
  bool string = false;
  DurationUnit unit = DurationUnit::unknown;
  std::uint8_t rank = 0;
};

// One value as it is written: of a string what stands between its quotes.
struct JsonValue {
  const char* begin = nullptr;
  std::uint32_t size = 0;
  JsonTraits traits;

  [[nodiscard]] std::string_view text() const { return {begin, size}; }
  // Null, empty or "-": nothing is stated.
  [[nodiscard]] bool is_absent() const {
    if (!traits.string) return *begin == 'n';
    return size <= 1 && (size == 0 || *begin == '-');
  }
};

// The values of one line by field, whichever way they were found. What is absent is not there. Of
// two values of equal rank, as of a repeated key, the last one counts.
class JsonSlots {
 public:
  void clear() {
    present_ = 0;
    escaped_ = 0;
    marks_ = 0;
  }
  void mark(JsonMarks marks) { marks_ |= marks; }

  // `escapes`: there are some in the value.
  void put(const JsonKey& key, JsonValue value, bool escapes) {
    if (value.is_absent()) return;
    if (key.who) {
      value.traits.rank = 0xFF;
      escaped_ &= ~bit(JsonField::who);
      keep(JsonField::who, value, escapes);
    }
    if (key.field == JsonField::skip) return;
    value.traits.unit = key.unit;
    value.traits.rank = key.rank;
    if (has(key.field) && values_[at(key.field)].traits.rank > key.rank) return;
    escaped_ &= ~bit(key.field);
    keep(key.field, value, escapes);
  }

  // A value, with all of its traits, that no other of the line rivals.
  void put_only(JsonField field, const JsonValue& value, bool escapes) {
    if (!value.is_absent()) keep(field, value, escapes);
  }

  [[nodiscard]] bool has(JsonField field) const { return (present_ & bit(field)) != 0; }
  // Only where `has`.
  [[nodiscard]] const JsonValue& operator[](JsonField field) const { return values_[at(field)]; }
  [[nodiscard]] bool has_escapes(JsonField field) const { return (escaped_ & bit(field)) != 0; }
  [[nodiscard]] JsonMarks marks() const { return marks_; }

 private:
  static constexpr std::size_t at(JsonField field) { return static_cast<std::size_t>(field); }
  static constexpr std::uint32_t bit(JsonField field) { return 1U << at(field); }

  void keep(JsonField field, const JsonValue& value, bool escapes) {
    JsonValue& kept = values_[at(field)];
    kept.begin = value.begin;
    kept.size = value.size;
    kept.traits = value.traits;
    present_ |= bit(field);
    escaped_ |= escapes ? bit(field) : 0;
  }

  std::uint32_t present_ = 0;
  std::uint32_t escaped_ = 0;
  JsonMarks marks_ = 0;
  std::array<JsonValue, kJsonFields> values_{};
};

}  // namespace wayside
