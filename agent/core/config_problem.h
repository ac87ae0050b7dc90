#pragma once

#include <string>
#include <string_view>

#include "agent/core/config_map.h"

namespace wayside {

// Where in a file, from 1.
struct Place {
  int line = 1;
  int column = 1;
};

// Adds a problem to `context`; past kMaxProblems only a last one that says so.
inline constexpr std::size_t kMaxProblems = 1000;
void report(ConfigContext& context, Place place, std::string message);

// `text` as a message shows it: one line, valid UTF-8, cut where it is long.
std::string printable(std::string_view text);
// The same in double quotes.
std::string in_quotes(std::string_view text);

}  // namespace wayside
