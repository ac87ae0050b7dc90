#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wayside {

enum class Kind : std::uint8_t { counter, gauge, histogram, unknown };

// What a metric family is: one TYPE, one HELP, one uninterrupted group of samples, whoever feeds
// it. Names follow https://prometheus.io/docs/practices/naming/.
struct FamilyDesc {
  std::string name;  // with its unit; counters of ours end in _total
  std::string help;  // one sentence, any characters
  std::string unit;  // base unit as in the name ("seconds", "bytes"), or empty
  Kind kind = Kind::unknown;
  std::vector<std::string> labels;  // names, in the order their values are given

  // Upper bounds of a histogram's classic buckets in the unit, ascending, without +Inf.
  std::vector<double> bounds;
  bool native = false;  // of histograms: native buckets are kept beside them

  // Above this many series new ones are counted in the overflow series, whose labels are
  // `_other` but for the first `overflow_keeps`.
  std::uint32_t max_series = 2000;
  std::uint32_t overflow_keeps = 0;
};

// Index of a family in the store that declared it.
struct FamilyId {
  std::uint32_t index = 0;
  friend bool operator==(FamilyId, FamilyId) = default;
};

}  // namespace wayside
