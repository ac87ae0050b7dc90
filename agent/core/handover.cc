#include "agent/core/handover.h"

#include <utility>

namespace wayside {

void Handover::leave(const std::string& source, LeftBehind left) {
  const std::lock_guard lock(mutex_);
  left_[source] = std::move(left);
}

std::optional<LeftBehind> Handover::take(const std::string& source) {
  const std::lock_guard lock(mutex_);
  auto node = left_.extract(source);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped());
}

void Handover::clear() {
  const std::lock_guard lock(mutex_);
  left_.clear();
}

}  // namespace wayside
