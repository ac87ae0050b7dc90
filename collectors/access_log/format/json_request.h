#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "agent/core/request.h"
#include "collectors/access_log/format/json_dialect.h"
#include "collectors/access_log/format/json_pending.h"
#include "collectors/access_log/format/json_slots.h"
#include "collectors/access_log/format/json_text.h"
#include "collectors/access_log/format/json_values.h"
#include "collectors/access_log/format/problem.h"
#include "collectors/access_log/format/upstream_list.h"

namespace wayside {

// What is known of lines beforehand.
struct JsonHabits {
  // Of all requests' durations that are bare numbers; unknown: as their keys and dialects have it.
  DurationUnit unit = DurationUnit::unknown;
  // Of lines that do not tell who wrote them.
  JsonDialect dialect = JsonDialect::other;
};

// Makes requests of the values of lines, by the habits of whoever wrote them. A line without a
// status, or with nothing besides it that a request has, is none; nor is one that tells of a
// request again. One thread at a time.
class JsonRequests {
 public:
  enum class Outcome : std::uint8_t { request, other, problem };

  explicit JsonRequests(JsonHabits habits) : habits_(habits), dialect_(habits.dialect) {}

  // `attempts` and `scratch` hold what the request points at besides the line. On a problem
  // `problem` tells which.
  Outcome read(const JsonSlots& slots, Attempts& attempts, JsonScratch& scratch, Request& request);

  [[nodiscard]] ParseProblem problem() const { return problem_; }
  // Of the line that was read last.
  [[nodiscard]] JsonDialect dialect() const { return dialect_; }

 private:
  // A line on its way.
  struct Line {
    const JsonSlots& slots;
    JsonScratch& scratch;
    Request& request;
    [[nodiscard]] std::string_view text(JsonField field) const;
  };

  void note_begun(const Line& line);
  void join_begun(const Line& line);
  [[nodiscard]] bool tells_again(const Line& line) const;
  bool fail(ParseProblem problem);
  void read_target(const Line& line) const;
  bool read_status(const Line& line);
  bool read_duration(const Line& line);
  bool read_bytes(const Line& line);
  bool read_times(const Line& line);
  bool read_time(std::string_view text, bool must, WallTime& time);
  bool read_attempts(const Line& line, Attempts& attempts);
  void read_texts(const Line& line) const;
  [[nodiscard]] bool is_server() const;
  [[nodiscard]] DurationUnit unit_for(const JsonValue& value) const;

  // The time of the last line, as most lines of a busy log have it.
  struct LastTime {
    std::array<char, 40> text{};
    std::size_t size = 0;
    WallTime time = kNoTime;
  };

  JsonHabits habits_;
  ParseProblem problem_ = ParseProblem::bad_json;
  JsonDialect dialect_;
  JsonMarks marks_ = 0;  // that dialect_ was told by
  LastTime last_time_;
  JsonPending pending_;
};

}  // namespace wayside
