#include "collectors/access_log/format/unit_columns.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

constexpr std::string_view kUnit = "ms";

// "12" or "12.345".
bool looks_like_decimal(std::string_view value) {
  return parse_decimal_micros(value, kMaxDurationDigits).has_value();
}

bool looks_like_millis(std::string_view value) {
  return value.ends_with(kUnit) && looks_like_decimal(value.substr(0, value.size() - kUnit.size()));
}

template <typename Looks>
bool all_look(const SampledColumn& column, const Looks& looks) {
  return std::all_of(column.values.begin(), column.values.end(), looks);
}

// Values that are missing are so without their unit or with it, as morgan's "- ms".
bool holds_decimals(const SampledColumn& column) {
  const auto& values = column.values;
  return std::any_of(values.begin(), values.end(), looks_like_decimal) &&
         all_look(column, [](auto value) { return is_absent(value) || looks_like_decimal(value); });
}

bool is_unit(const SampledColumn& column) {
  return column.shape == Column::Shape::plain && column.key.empty() && column.name.empty() &&
         all_look(column, [](std::string_view value) { return value == kUnit; });
}

bool may_be_duration(const SampledColumn& column) {
  return column.name.empty() && !column.literal && column.shape == Column::Shape::plain &&
         (column.key.empty() || is_duration_key(column.key));
}

}  // namespace

void name_millis_columns(std::vector<SampledColumn>& columns) {
  bool first = true;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    SampledColumn& column = columns[i];
    if (!may_be_duration(column)) continue;
    if (all_look(column, looks_like_millis)) {
      column.unit = kUnit;
    } else if (i + 1 < columns.size() && is_unit(columns[i + 1]) && holds_decimals(column)) {
      columns[i + 1].literal = true;
    } else {
      continue;
    }
    column.name =
        std::exchange(first, false) ? "request_time_ms" : "time_ms_" + std::to_string(i + 1);
  }
}

}  // namespace wayside
