#pragma once

#include <prometheus/metric_type.h>

#include <optional>
#include <span>
#include <string_view>

#include "agent/system/cgroup_figures.h"
#include "agent/system/cgroup_tree.h"

namespace wayside {

// What one sample of a cgroup is made of. Rows of one family stand together.
struct CgroupFamilyRow {
  std::string_view name, help;
  prometheus::MetricType type;
  std::optional<CgroupPlace> CgroupPlaces::*place;  // whose path is the label `id`
  std::optional<double> (*value)(const CgroupFigures& figures);
  std::string_view label = {}, label_value = {};  // one more, where a family has it
};

std::span<const CgroupFamilyRow> cgroup_family_table();

}  // namespace wayside
