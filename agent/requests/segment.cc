#include "agent/requests/segment.h"

#include <algorithm>
#include <array>

#include "agent/requests/char_class.h"
#include "agent/requests/file_name.h"

namespace wayside {
namespace {

using namespace chars;

constexpr std::array<std::string_view, 6> kPlaceholders = {"",      ":id",   ":uuid",
                                                           ":date", ":name", ":rest"};

std::uint16_t classes_of(std::string_view text) {
  std::uint16_t classes = 0;
  for (const char c : text) classes |= of(c);
  return classes;
}

SegmentKind named_placeholder(std::string_view segment) {
  for (std::size_t i = 1; i < kPlaceholders.size(); ++i) {
    if (segment == kPlaceholders[i]) return static_cast<SegmentKind>(i);
  }
  return SegmentKind::id;
}

// A picture for displays of twice or three times the density: logo@2x.png.
bool is_density(std::string_view after_at) {
  return after_at.size() > 2 && is_digit(after_at[0]) && after_at[1] == 'x' && after_at[2] == '.';
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || is_density(text.substr(at + 1))) return false;
  const std::size_t dot = text.find('.', at);
  return dot != std::string_view::npos && dot > at + 1 && dot + 1 < text.size();
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// Words joined by `-`, `_` and the like, one of which makes the whole an id: an opaque token, or
// a number where ids stand, at either end.
bool carries_id(std::string_view segment) {
  bool found = false;
  for_each_run(segment, [&](std::string_view run, bool at_edge) {
    const std::size_t least = at_edge ? 3 : 5;
    found = found || (all_digits(run) ? run.size() >= least : is_opaque(run));
  });
  return found;
}

// base64url has `-` and `_` inside, so its runs may be too short to tell.
bool is_opaque_with_dashes(std::string_view segment) {
  const RunShape shape = shape_of_run(segment);
  const std::size_t letters_and_digits = shape.digits + shape.upper + shape.lower;
  return letters_and_digits >= 16 && shape.digits >= 1 && shape.upper >= 3 && shape.lower >= 3 &&
         shape.switches * 4 >= letters_and_digits;
}

SegmentKind classify_text(std::string_view segment, std::uint16_t classes) {
  if (is_date(segment)) return SegmentKind::date;
  if ((classes & kLetter) == 0 && (classes & kDigit) != 0) return SegmentKind::id;
  if ((classes & kMark) != 0) {
    if (is_email(segment)) return SegmentKind::id;
    if (segment.front() == '@') return SegmentKind::name;
  }
  if (is_jwt(segment)) return SegmentKind::id;
  if ((classes & kDot) != 0 && is_file_name(segment)) {
    return is_minted_file_name(segment) ? SegmentKind::name : SegmentKind::word;
  }
  if (carries_id(segment) || is_opaque_with_dashes(segment)) return SegmentKind::id;
  return (classes & kOdd) != 0 ? SegmentKind::name : SegmentKind::word;
}

}  // namespace

std::string_view placeholder(SegmentKind kind) {
  return kPlaceholders[static_cast<std::size_t>(kind)];
}

SegmentKind classify_segment(std::string_view segment) {
  if (segment.empty()) return SegmentKind::word;
  if (is_uuid(segment)) return SegmentKind::uuid;
  if (segment.size() > kMaxSegment) return SegmentKind::id;
  const std::uint16_t classes = classes_of(segment);
  if ((classes & (kStrange | kPercent | kStop)) != 0) return SegmentKind::name;
  if (segment.front() == ':') return named_placeholder(segment);
  if ((classes & ~(kAnyLower | kDash)) == 0) return SegmentKind::word;
  return classify_text(segment, classes);
}

}  // namespace wayside
