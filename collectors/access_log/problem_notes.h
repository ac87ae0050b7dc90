#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "agent/core/log.h"
#include "agent/core/time.h"
#include "agent/requests/problem_board.h"
#include "agent/requests/redaction.h"
#include "agent/requests/slow_rule.h"
#include "collectors/access_log/format/problem.h"

namespace wayside {

// Tells of the lines of one source that could not be read: to the board, with an example that is
// fit to be shown, and in the log the first time a reason occurs in a file. One thread at a time;
// called only where there are such lines, at most once a block and reason.
class ProblemNotes {
 public:
  // What it works with; all outlive it.
  struct Parts {
    const Redaction& redaction;
    ProblemBoard* board;  // null: nobody asks
    Log& log;
    const Clock& clock;
  };
  ProblemNotes(std::string source, Parts parts) : source_(std::move(source)), parts_(parts) {}

  void note(const std::string& file, const ParseCounts& counts);
  // `line`: the first of `count`; empty: it cannot be shown.
  void note(const std::string& file, std::string_view reason, std::uint64_t count,
            std::string_view line);

  // So many lines of a file that none of them told of a request: one of them is shown.
  void tell_of_no_request(const std::string& file, std::string_view line);

 private:
  // Files and reasons whose first line is remembered as told.
  static constexpr std::size_t kMaxTold = 4096;

  void announce(const std::string& file, std::string_view reason, const std::string& example);
  [[nodiscard]] bool is_first(const std::string& file, std::string_view reason);

  std::string source_;
  Parts parts_;
  std::set<std::pair<std::string, std::string>> told_;
  StormLimit limit_;
};

}  // namespace wayside
