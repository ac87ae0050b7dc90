#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/store/label_text.h"

namespace wayside {

// Labels that stand on every sample of a page, behind the sample's own; where a family has a label
// of the same name, its own one stands. One rule for all formats. Immutable.
class ConstantLabels {
 public:
  // As render_labels gives them: `env="prod"`, or empty.
  explicit ConstantLabels(std::string_view labels) : text_(labels), parts_(split_labels(text_)) {}
  ConstantLabels(const ConstantLabels&) = delete;  // the parts are views of the text
  ConstantLabels& operator=(const ConstantLabels&) = delete;

  // Those that a family's samples get, as rendered text.
  [[nodiscard]] std::string of(const FamilyDesc& desc) const;

 private:
  const std::string text_;
  const std::vector<LabelPart> parts_;
};

}  // namespace wayside
