#include "agent/core/sample.h"

#include <algorithm>

namespace wayside {
namespace {

bool names(const std::vector<std::string>& all, std::string_view name) {
  return all.empty() || std::ranges::find(all, name) != all.end();
}

}  // namespace

bool Selection::takes(std::string_view collector, std::string_view target) const {
  return names(collectors, collector) && names(targets, target);
}

}  // namespace wayside
