#pragma once

#include <string_view>

#include "agent/core/family.h"
#include "agent/core/result.h"

namespace wayside {

// [a-zA-Z_:][a-zA-Z0-9_:]*, short enough to be the value of the label `family` as a whole.
// https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels
bool is_family_name(std::string_view name);

// Why a scrape could not carry this family, or why the store could not hold it: bad or repeated
// names, bounds that do not ascend, too many of them.
Result<void> check_family(const FamilyDesc& desc);

}  // namespace wayside
