#include "exporters/prometheus/format/constant_labels.h"

#include <algorithm>

namespace wayside {

std::string ConstantLabels::of(const FamilyDesc& desc) const {
  std::string labels;
  for (const LabelPart& label : parts_) {
    const bool taken = std::ranges::find(desc.labels, label.name) != desc.labels.end();
    if (taken || (desc.kind == Kind::histogram && label.name == "le")) continue;
    if (!labels.empty()) labels += ',';
    labels += label.text;
  }
  return labels;
}

}  // namespace wayside
