#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "agent/core/event.h"
#include "agent/core/time.h"

namespace wayside {

// Which lines cannot be read: of one source, for one reason.
struct ProblemKey {
  std::string collector, source, reason;
  friend auto operator<=>(const ProblemKey&, const ProblemKey&) = default;
};

// What became of the lines that could not be read, with one example of each kind: the first of
// the last ten minutes. What had no line for an hour is forgotten. Thread-safe; told at most once
// a block of lines.
class ProblemBoard {
 public:
  static constexpr std::size_t kMost = 1024;  // kinds; what exceeds them is not kept
  static constexpr std::chrono::minutes kExampleKept{10};
  static constexpr std::chrono::hours kKept{1};

  // Whether an example would be kept, so that nobody redacts one in vain.
  [[nodiscard]] bool wants_example(const ProblemKey& key, WallTime now) const;
  // `count` more lines. `example` is fit to be shown; empty: none. `file`: where it stood.
  void tell(const ProblemKey& key, std::uint64_t count, WallTime now, std::string_view file = {},
            std::string example = {});

  // All, or those of one source, as JSON: {"problems":[{"collector":…,"source":…,"reason":…,
  // "count":…,"first":…,"last":…,"file":…,"example":…}]}.
  [[nodiscard]] nlohmann::ordered_json json(std::optional<std::string_view> source,
                                            WallTime now) const;

 private:
  struct Problem {
    std::uint64_t count = 0;
    WallTime first = kNoTime;
    WallTime last = kNoTime;
    WallTime example_from = kNoTime;
    std::string file = {};
    std::string example = {};
  };
  [[nodiscard]] static bool stale(const Problem& problem, WallTime now);
  Problem* problem_of(const ProblemKey& key, WallTime now);

  mutable std::mutex mutex_;
  std::map<ProblemKey, Problem> problems_;
};

}  // namespace wayside
