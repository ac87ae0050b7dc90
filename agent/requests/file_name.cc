#include "agent/requests/file_name.h"

#include <algorithm>

#include "agent/requests/segment.h"

namespace wayside {
namespace {

using namespace chars;

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_error_page(std::string_view stem) {
  return stem.size() == 3 && (stem[0] == '4' || stem[0] == '5') && all_digits(stem);
}

// Bundlers cut hashes to eight characters of base64, too few for is_opaque.
bool is_short_hash(std::string_view run) {
  if (run.size() < 8) return false;
  const RunShape shape = shape_of_run(run);
  return shape.upper >= 1 && shape.lower >= 1 && shape.switches >= 3;
}

}  // namespace

RunShape shape_of_run(std::string_view text) {
  RunShape shape;
  std::uint16_t before = 0;
  for (const char c : text) {
    const std::uint16_t bits = of(c);
    const auto kind = static_cast<std::uint16_t>((bits & kDigit) != 0      ? kDigit
                                                 : (bits & kAnyLower) != 0 ? kAnyLower
                                                                           : bits & kAnyUpper);
    shape.digits += (bits & kDigit) != 0;
    shape.lower += (bits & kAnyLower) != 0;
    shape.upper += (bits & kAnyUpper) != 0;
    shape.hex = shape.hex && (bits & (kDigit | kHexLower | kHexUpper)) != 0;
    const bool capital = (before & kAnyUpper) != 0 && kind == kAnyLower;
    shape.switches += before != 0 && kind != 0 && (before & kind) == 0 && !capital;
    before = kind;
  }
  return shape;
}

bool is_file_name(std::string_view segment) {
  const std::size_t dot = segment.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view extension = segment.substr(dot + 1);
  if (extension.empty() || extension.size() > 5 || (of(extension[0]) & kLetter) == 0) return false;
  return std::all_of(extension.begin(), extension.end(),
                     [](char c) { return (of(c) & (kLetter | kDigit)) != 0; });
}

bool is_minted_file_name(std::string_view file_name) {
  const std::string_view stem = file_name.substr(0, file_name.rfind('.'));
  if (all_digits(stem)) return !is_error_page(stem);
  if (is_uuid(stem) || is_date(stem)) return true;
  bool found = false;
  for_each_run(stem, [&](std::string_view run, bool) {
    found = found || (all_digits(run) ? run.size() >= 4 : is_opaque(run) || is_short_hash(run));
  });
  return found;
}

}  // namespace wayside
