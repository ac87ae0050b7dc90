#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "collectors/access_log/format/escapes.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/problem.h"
#include "collectors/access_log/format/scan.h"
#include "collectors/access_log/format/time_text.h"
#include "collectors/access_log/format/upstream_list.h"

namespace wayside {

// A line on its way through the steps of its format, and what outlives a line.
struct LineState {
  Request* request = nullptr;
  const Scanner* scanner = &best_scanner();
  Attempts attempts;
  std::string_view forwarded;
  bool event_stream = false;
  Escaping escaping = Escaping::backslash;
  ParseProblem problem = ParseProblem::no_match;
  const char* failed_at = nullptr;  // within the line
  LastTime last_time;
  EscapeScratch scratch;
  const Ending* ending = nullptr;
  const TimePattern* time = nullptr;
  LocalOffset local_offset;
  // Of the one server that a proxy tried: what it took to reach it, and from there to its answer.
  Micros connected = kNoDuration;
  Micros response = kNoDuration;
  bool answered = true;
};

// A step with the function that reads its value. Each function ends in a call of the next one,
// so that every kind of value has a jump of its own, which processors predict far better than
// one jump for all. It returns the line's end, or null where the line has a problem.
struct ReadStep {
  using Reader = const char* (*)(const ReadStep* step, const char* p, LineState& line);
  Reader read = nullptr;
  FormatStep format;
};

// The steps of a format, and one more that ends a line.
std::vector<ReadStep> make_read_steps(const LogFormat& format);

// Reads the line at `p`; on failure `problem` and `failed_at` are set.
const char* read_line(const LogFormat& format, std::span<const ReadStep> steps, const char* p,
                      LineState& line);

}  // namespace wayside
