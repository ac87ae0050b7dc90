#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "agent/store/rendered.h"
#include "agent/system/family_list.h"

namespace wayside {

// Samples as a test writes them: `node_load1 0.5`, `node_arp_entries{device="eth0"} 2`.
inline std::vector<std::string> lines_of(const FamilyList& families) {
  std::vector<std::string> lines;
  for (const auto& family : families) {
    const auto rendered = render_family(family, {});
    if (!rendered || rendered->invalid > 0) lines.push_back("invalid: " + family.name);
    if (!rendered) continue;
    for (const auto& sample : rendered->samples) {
      const std::string labels = sample.labels.empty() ? "" : "{" + sample.labels + "}";
      lines.push_back(fmt::format("{}{} {}", family.name, labels, sample.number));
    }
  }
  return lines;
}

// What a parser adds for a text.
inline std::vector<std::string> lines_of(void (*add)(std::string_view, FamilyList&),
                                         std::string_view text) {
  FamilyList families;
  add(text, families);
  return lines_of(families);
}

}  // namespace wayside
