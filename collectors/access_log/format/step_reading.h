#pragma once

#include <string_view>

#include "collectors/access_log/format/line_scan.h"
#include "collectors/access_log/format/step_readers.h"

// What the readers of steps have in common.
namespace wayside::reading {

inline std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

inline bool is_absent(std::string_view value) {
  return value.empty() || (value.size() == 1 && value.front() == '-');
}

inline std::string_view present(std::string_view value) {
  return is_absent(value) ? std::string_view() : value;
}

// `escapes`: whether there may be any in the value.
inline std::string_view plain(std::string_view value, bool escapes, LineState& line) {
  value = present(value);
  return escapes && line.escaping != Escaping::none ? line.scratch.undo(value, line.escaping)
                                                    : value;
}

inline const char* go_on(const ReadStep* step, const char* p, LineState& line) {
  return step[1].read(step + 1, p, line);
}

[[gnu::noinline]] inline const char* fail(const char* p, ParseProblem problem, LineState& line) {
  line.failed_at = p;
  line.problem = problem;
  return nullptr;
}

// Finds a value that is no usual one and has `use` read it.
template <typename Use>
const char* read_with_care(const ReadStep* step, const char* p, LineState& line,
                           ParseProblem problem, const Use& use) {
  const ValueEnd value = find_value_end(p, step->format);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  if (!use(view(p, value.end))) return fail(p, problem, line);
  return go_on(step, value.next, line);
}

}  // namespace wayside::reading
