#include "agent/system/cgroup_families.h"

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "agent/system/cgroup_family_table.h"

namespace wayside {
namespace {

FamilyList declared() {
  FamilyList families;
  for (const CgroupFamilyRow& row : cgroup_family_table()) {
    if (!families.empty() && families.back().name == row.name) continue;
    add_family(families, std::string(row.name), std::string(row.help), row.type);
  }
  return families;
}

// As cAdvisor has them, in the order of their names but for `id`, which is in all of them.
LabelList labels_of(const CgroupPlace& place, const CgroupFamilyRow& row,
                    std::string_view groupname) {
  LabelList labels{{"id", place.id}};
  if (!groupname.empty()) labels.push_back({"groupname", std::string(groupname)});
  if (!row.label.empty()) labels.push_back({std::string(row.label), std::string(row.label_value)});
  return labels;
}

}  // namespace

CgroupFamilies::CgroupFamilies() : families_(declared()) {}

void CgroupFamilies::add(const CgroupPlaces& places, const CgroupFigures& figures,
                         std::string_view groupname) {
  auto family = families_.begin();
  for (const CgroupFamilyRow& row : cgroup_family_table()) {
    if (family->name != row.name) ++family;
    const auto value = row.value(figures);
    const auto& place = places.*(row.place);
    if (value && place) add_sample(*family, *value, labels_of(*place, row, groupname));
  }
}

void CgroupFamilies::move_to(FamilyList& out) {
  for (prometheus::MetricFamily& family : families_) {
    if (!family.metric.empty()) out.push_back(std::move(family));
  }
  families_ = declared();
}

}  // namespace wayside
