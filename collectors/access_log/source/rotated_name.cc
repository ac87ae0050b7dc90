#include "collectors/access_log/source/rotated_name.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "collectors/access_log/source/path_pattern.h"

namespace wayside {
namespace {

constexpr std::string_view kSeparators = ".-_";

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_compressed_name(std::string_view name) {
  constexpr std::array<std::string_view, 6> kEndings = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".Z"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

// What rotation puts behind or into a name, without the separator before it.
bool is_mark(std::string_view text) {
  if (text.empty()) return false;
  return is_digit(text.front()) || text == "old" || text == "bak" || text == "prev";
}

}  // namespace

std::optional<std::string> name_before_rotation(const std::string& name,
                                                const std::string& component) {
  if (is_compressed_name(name)) return std::nullopt;
  const auto dot = name.rfind('.');
  for (auto at = name.find_first_of(kSeparators); at != std::string::npos;
       at = name.find_first_of(kSeparators, at + 1)) {
    const std::string before = name.substr(0, at);
    if (is_mark(std::string_view(name).substr(at + 1)) && matches(component, before)) return before;
    if (dot == std::string::npos || dot <= at + 1 || !is_digit(name[at + 1])) continue;
    const std::string around = before + name.substr(dot);
    if (matches(component, around)) return around;
  }
  return std::nullopt;
}

}  // namespace wayside
