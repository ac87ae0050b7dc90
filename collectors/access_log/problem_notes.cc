#include "collectors/access_log/problem_notes.h"

#include <algorithm>

#include "collectors/access_log/name.h"

namespace wayside {
namespace {

// The first line of a block that is not empty, or the line, without its end.
std::string_view first_line(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  text = text.substr(0, text.find('\n'));
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

void ProblemNotes::note(const std::string& file, const ParseCounts& counts) {
  for (std::size_t i = 0; i < kParseProblems; ++i) {
    if (counts.problems[i] == 0) continue;
    note(file, to_string(static_cast<ParseProblem>(i)), counts.problems[i], counts.examples[i]);
  }
}

void ProblemNotes::note(const std::string& file, std::string_view reason, std::uint64_t count,
                        std::string_view line) {
  const WallTime now = parts_.clock.wall();
  const ProblemKey key{std::string(kAccessLog), source_, std::string(reason)};
  const bool first = is_first(file, reason);
  const bool wanted = parts_.board != nullptr && parts_.board->wants_example(key, now);
  std::string example;
  if (first || wanted) {
    example = parts_.redaction.show_line(first_line(line));
  }
  if (first) announce(file, reason, example);
  if (parts_.board != nullptr) {
    parts_.board->tell(key, count, now, file, wanted ? std::move(example) : std::string());
  }
}

void ProblemNotes::tell_of_no_request(const std::string& file, std::string_view line) {
  if (!is_first(file, "no request")) return;
  parts_.log.write(
      Level::warn,
      "access_log: " + file +
          ": no line of it tells of a request so far; a JSON line does by a status and a path, a "
          "method or a duration, and `fields:` names their keys where they are others than "
          "wayside knows; one line: " +
          parts_.redaction.show_line(first_line(line)));
}

bool ProblemNotes::is_first(const std::string& file, std::string_view reason) {
  const std::pair<std::string, std::string> kind{file, reason};
  if (told_.contains(kind)) return false;
  if (told_.size() == kMaxTold) return false;
  told_.insert(kind);
  return true;
}

void ProblemNotes::announce(const std::string& file, std::string_view reason,
                            const std::string& example) {
  const auto held_back = limit_.admit(parts_.clock.steady());
  if (!held_back) return;
  std::string text = "access_log: " + file + ": lines that cannot be read (" + std::string(reason) +
                     "); they are counted, and nothing else is lost";
  if (!example.empty()) text += "; the first of them: " + example;
  if (*held_back > 0) text += " (and " + std::to_string(*held_back) + " more kinds)";
  parts_.log.write(Level::warn, text);
}

}  // namespace wayside
