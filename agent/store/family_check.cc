#include "agent/store/family_check.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "agent/core/labels.h"
#include "agent/store/buckets.h"

namespace wayside {
namespace {

// A longer one would be cut in a label, and two of them be one there.
constexpr std::size_t kMaxName = 1024;

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == ':';
}

Result<void> check_labels(const FamilyDesc& desc) {
  for (auto label = desc.labels.begin(); label != desc.labels.end(); ++label) {
    const bool taken = desc.kind == Kind::histogram && *label == "le";
    if (!is_label_name(*label) || taken) return Error{"not a label name: \"" + *label + "\""};
    if (std::find(desc.labels.begin(), label, *label) != label) {
      return Error{"label " + *label + " stands there twice"};
    }
  }
  return {};
}

Result<void> check_bounds(const FamilyDesc& desc) {
  if (desc.kind != Kind::histogram) {
    if (!desc.bounds.empty()) return Error{"bucket bounds, but not a histogram"};
    return {};
  }
  if (desc.bounds.size() > Buckets::kMaxBounds) {
    return Error{"more than " + std::to_string(Buckets::kMaxBounds) + " bucket bounds"};
  }
  for (const double bound : desc.bounds) {
    // In microseconds a bound has to be a whole number that doubles hold exactly.
    if (!std::isfinite(bound) || bound < 0 || bound > 9e9) {
      return Error{"a bucket bound is out of range"};
    }
  }
  const auto micros = bounds_in_micros(desc.bounds);
  const auto stuck = std::adjacent_find(micros.begin(), micros.end(), std::greater_equal<>{});
  if (stuck != micros.end()) return Error{"bucket bounds do not ascend by a microsecond or more"};
  return {};
}

}  // namespace

bool is_family_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxName || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), is_name_char);
}

Result<void> check_family(const FamilyDesc& desc) {
  if (!is_family_name(desc.name)) return Error{"not a metric name: \"" + desc.name + "\""};
  if (auto labels = check_labels(desc); !labels) return labels.error().in(desc.name);
  if (auto bounds = check_bounds(desc); !bounds) return bounds.error().in(desc.name);
  return {};
}

}  // namespace wayside
