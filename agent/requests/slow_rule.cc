#include "agent/requests/slow_rule.h"

#include <algorithm>
#include <utility>

#include "agent/requests/route_style.h"

namespace wayside {

SlowRule::SlowRule(const RequestRules& rules) : slow_after_(rules.slow_after) {
  for (const auto& [route, slow_after] : rules.slow_after_by_route) {
    by_route_.insert_or_assign(styled_template(route), slow_after);
  }
}

Micros SlowRule::threshold(std::string_view route) const {
  const auto found = by_route_.find(route);
  return found == by_route_.end() ? slow_after_ : found->second;
}

std::optional<std::uint64_t> StormLimit::admit(SteadyTime now) {
  const double passed = std::chrono::duration<double>(now - refilled_).count();
  tokens_ = std::min(kBurst, tokens_ + std::max(0.0, passed) * kPerSecond);
  refilled_ = now;
  if (tokens_ < 1) {
    if (held_back_++ == 0) held_since_ = now;
    return std::nullopt;
  }
  tokens_ -= 1;
  return std::exchange(held_back_, 0);
}

std::uint64_t StormLimit::overdue(SteadyTime now, bool at_once) {
  if (held_back_ == 0 || (!at_once && now - held_since_ < kPatience)) return 0;
  return std::exchange(held_back_, 0);
}

}  // namespace wayside
