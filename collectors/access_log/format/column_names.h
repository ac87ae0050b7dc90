#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/columns.h"

namespace wayside {

// One column as several lines have it.
struct SampledColumn {
  Column::Shape shape = Column::Shape::plain;
  std::string_view before, key;
  std::vector<std::string_view> values;  // one for each line
  std::string_view unit = {};            // that all values end in: "ms", as in 12ms

  std::string name;      // of the nginx variable it was found to be; empty: not known
  bool literal = false;  // the same text in every line: no variable at all
};

// Whether columns of such a key (with its '=') are known to tell how long a request took.
bool is_duration_key(std::string_view key);

// Gives names to the columns that can be told by their place and their values in all lines. Few
// guesses: a column that might be two things stays without a name.
void name_columns(std::vector<SampledColumn>& columns);

}  // namespace wayside
