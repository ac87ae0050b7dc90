#pragma once

#include <string_view>

#include "collectors/access_log/line_scan.h"
#include "collectors/access_log/number_text.h"
#include "collectors/access_log/parser.h"
#include "collectors/access_log/upstream_list.h"

namespace wayside {

// The steps of a format that read numbers. Each takes a value in its usual shape at once, and
// any other one with care. On success `at` is moved to the next value; on failure it stays, and
// `problem` says what was wrong unless the line does not match.

namespace detail {

inline bool is_absent(std::string_view value) {
  return value.empty() || value == "-";
}

// Finds the value, has `use` read it, and moves on where it could.
template <typename Use>
bool read_with_care(const char*& at, const FormatStep& step, ParseProblem failure,
                    ParseProblem& problem, const Use& use) {
  const ValueEnd value = find_value_end(at, step);
  if (value.end == nullptr) return false;
  if (!use(std::string_view(at, static_cast<std::size_t>(value.end - at)))) {
    problem = failure;
    return false;
  }
  at = value.next;
  return true;
}

}  // namespace detail

// Three digits. Below 100 it is not a status: nginx writes 000 where none was sent and 009 for
// HTTP/0.9.
inline bool read_status(const char*& at, const FormatStep& step, std::uint16_t& status,
                        ParseProblem& problem) {
  const std::int32_t fast = fast_status(at);
  if (fast >= 0 && literal_at(at + 3, step)) {
    status = static_cast<std::uint16_t>(fast < 100 ? 0 : fast);
    at += 3 + step.size;
    return true;
  }
  return detail::read_with_care(at, step, ParseProblem::bad_status, problem,
                                [&status](std::string_view value) {
                                  status = 0;
                                  if (detail::is_absent(value)) return true;
                                  const auto number = parse_unsigned(value);
                                  if (!number || value.size() != 3) return false;
                                  if (*number >= 100) status = static_cast<std::uint16_t>(*number);
                                  return true;
                                });
}

inline bool read_bytes(const char*& at, const FormatStep& step, std::uint64_t& bytes,
                       ParseProblem& problem) {
  const FastUnsigned fast = fast_unsigned(at);
  if (fast.digits != 0 && fast.digits != 8 && literal_at(at + fast.digits, step)) {
    bytes = fast.value;
    at += fast.digits + step.size;
    return true;
  }
  return detail::read_with_care(at, step, ParseProblem::bad_bytes, problem,
                                [&bytes](std::string_view value) {
                                  const auto number = parse_unsigned(value);
                                  bytes = number.value_or(0);
                                  return number || detail::is_absent(value);
                                });
}

inline bool read_duration(const char*& at, const FormatStep& step, Micros& duration,
                          ParseProblem& problem) {
  const std::int32_t fast = fast_millis(at);
  if (fast >= 0 && literal_at(at + 5, step)) {
    duration = Micros{std::int64_t{fast} * 1000};
    at += 5 + step.size;
    return true;
  }
  return detail::read_with_care(at, step, ParseProblem::bad_duration, problem,
                                [&duration](std::string_view value) {
                                  const auto read = parse_decimal_micros(value, kMaxDurationDigits);
                                  duration = read.value_or(kNoDuration);
                                  return read || detail::is_absent(value);
                                });
}

inline bool read_upstream_times(const char*& at, const FormatStep& step, Attempts& attempts,
                                ParseProblem& problem) {
  const std::int32_t fast = fast_millis(at);
  if (fast >= 0 && ends_at(at, at + 5, step)) {
    attempts.at(0).duration = Micros{std::int64_t{fast} * 1000};
    at += 5 + step.size;
    return true;
  }
  if (*at == '-' && ends_at(at, at + 1, step)) {
    at += 1 + step.size;
    return true;
  }
  return detail::read_with_care(
      at, step, ParseProblem::bad_duration, problem,
      [&attempts](std::string_view value) { return attempts.durations(value); });
}

inline bool read_upstream_statuses(const char*& at, const FormatStep& step, Attempts& attempts,
                                   ParseProblem& problem) {
  return detail::read_with_care(
      at, step, ParseProblem::bad_status, problem,
      [&attempts](std::string_view value) { return attempts.statuses(value); });
}

}  // namespace wayside
