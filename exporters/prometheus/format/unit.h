#pragma once

#include <string_view>

namespace wayside {

// A counter's name without its `_total`, or all of it where it has none.
constexpr std::string_view without_total(std::string_view name) {
  constexpr std::string_view kTotal = "_total";
  if (name.size() > kTotal.size() && name.ends_with(kTotal)) name.remove_suffix(kTotal.size());
  return name;
}

// Whether a family of this name can be told to have this unit: the unit must be the end of the
// name. Prometheus refuses a whole page where it is not, of OpenMetrics as of protobuf.
constexpr bool has_unit(std::string_view name, std::string_view unit) {
  return !unit.empty() && name.size() > unit.size() && name.ends_with(unit) &&
         name[name.size() - unit.size() - 1] == '_';
}

}  // namespace wayside
