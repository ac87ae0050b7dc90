#pragma once

#include <string>
#include <string_view>

namespace wayside {

// What nginx would call the variable of a header: "http_" and "X-Tenant" are "http_x_tenant".
inline std::string header_variable(std::string_view prefix, std::string_view name) {
  std::string variable(prefix);
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    variable.push_back(c == '-' ? '_' : static_cast<char>(upper ? c + ('a' - 'A') : c));
  }
  return variable;
}

}  // namespace wayside
