#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// One label of a rendered text. Views into that text.
struct LabelPart {
  std::string_view name;
  std::string_view text;  // name="value", as it stands there
};

// Takes `a="b",c="d"` apart. Stops at what is no label.
std::vector<LabelPart> split_labels(std::string_view labels);

// The same labels sorted by name: equal for the same series, whoever rendered it.
std::string canonical_labels(std::string_view labels);

}  // namespace wayside
