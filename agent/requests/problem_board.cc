#include "agent/requests/problem_board.h"

#include <utility>

#include "agent/core/labels.h"

namespace wayside {

bool ProblemBoard::stale(const Problem& problem, WallTime now) {
  return now - problem.last > kKept;
}

bool ProblemBoard::wants_example(const ProblemKey& key, WallTime now) const {
  const std::lock_guard lock(mutex_);
  const auto found = problems_.find(key);
  if (found == problems_.end()) return true;
  const Problem& problem = found->second;
  return problem.example_from == kNoTime || now - problem.example_from > kExampleKept;
}

ProblemBoard::Problem* ProblemBoard::problem_of(const ProblemKey& key, WallTime now) {
  const auto found = problems_.find(key);
  if (found != problems_.end()) {
    if (stale(found->second, now)) found->second = {.count = 0, .first = now, .last = now};
    return &found->second;
  }
  if (problems_.size() == kMost) {
    std::erase_if(problems_, [now](const auto& item) { return stale(item.second, now); });
  }
  if (problems_.size() == kMost) return nullptr;
  return &problems_.emplace(key, Problem{.count = 0, .first = now, .last = now}).first->second;
}

void ProblemBoard::tell(const ProblemKey& key, std::uint64_t count, WallTime now,
                        std::string_view file, std::string example) {
  const std::lock_guard lock(mutex_);
  Problem* const problem = problem_of(key, now);
  if (problem == nullptr) return;
  problem->count += count;
  problem->last = now;
  if (example.empty()) return;
  problem->example_from = now;
  problem->file = mend_utf8(file);
  problem->example = std::move(example);
}

nlohmann::ordered_json ProblemBoard::json(std::optional<std::string_view> source,
                                          WallTime now) const {
  auto all = nlohmann::ordered_json::array();
  const std::lock_guard lock(mutex_);
  for (const auto& [key, problem] : problems_) {
    if (stale(problem, now) || (source && key.source != *source)) continue;
    nlohmann::ordered_json one = {
        {"collector", mend_utf8(key.collector)}, {"source", mend_utf8(key.source)},
        {"reason", mend_utf8(key.reason)},       {"count", problem.count},
        {"first", to_rfc3339(problem.first)},    {"last", to_rfc3339(problem.last)}};
    if (!problem.file.empty()) one["file"] = problem.file;
    if (!problem.example.empty()) one["example"] = problem.example;
    all.push_back(std::move(one));
  }
  return {{"problems", std::move(all)}};
}

}  // namespace wayside
