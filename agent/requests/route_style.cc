#include "agent/requests/route_style.h"

#include <algorithm>

#include "agent/requests/char_class.h"

namespace wayside {
namespace {

using namespace chars;

constexpr std::size_t kMaxGiven = 1024;

bool ends_with_word(std::string_view name, std::string_view word) {
  if (name.size() < word.size()) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  const std::string_view tail = name.substr(name.size() - word.size());
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (lower(tail[i]) != word[i]) return false;
  }
  // "candidate" does not end with the word "date", "birthDate" and "birth_date" do.
  if (name.size() == word.size()) return true;
  const char before = name[name.size() - word.size() - 1];
  return (of(before) & kAnyLower) == 0 || (of(tail[0]) & kAnyUpper) != 0;
}

SegmentKind kind_of_parameter(std::string_view type, std::string_view name) {
  for (const std::string_view word : {type, name}) {
    if (ends_with_word(word, "uuid") || ends_with_word(word, "guid")) return SegmentKind::uuid;
    if (ends_with_word(word, "path") || word == "rest" || word == "splat") return SegmentKind::rest;
    if (ends_with_word(word, "date")) return SegmentKind::date;
    if (ends_with_word(word, "slug")) return SegmentKind::name;
  }
  for (const std::string_view word : {"name", "username", "filename", "title", "file"}) {
    if (ends_with_word(name, word)) return SegmentKind::name;
  }
  return SegmentKind::id;
}

// The longest run of letters, digits and `_` at the front.
std::string_view identifier(std::string_view text) {
  std::size_t size = 0;
  while (size < text.size() && ((of(text[size]) & (kLetter | kDigit)) != 0 || text[size] == '_')) {
    ++size;
  }
  return text.substr(0, size);
}

// `{name}`, `{name:type}`, `<type:name>`, `<name>`, from behind the bracket. Flask and Django put
// the type first, FastAPI and chi behind.
SegmentKind kind_in_brackets(char bracket, std::string_view inside) {
  if (inside.find('*') != std::string_view::npos || inside.substr(0, 3) == "...") {
    return SegmentKind::rest;
  }
  std::string_view first = identifier(inside);
  std::string_view second;
  if (first.size() < inside.size() && inside[first.size()] == ':') {
    second = identifier(inside.substr(first.size() + 1));
  }
  if (second.empty()) return kind_of_parameter({}, first);
  return bracket == '<' ? kind_of_parameter(first, second) : kind_of_parameter(second, first);
}

// Where a parameter begins in a segment, or npos.
std::size_t find_parameter(std::string_view segment) {
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const char c = segment[i];
    if (std::string_view("{<[(*\\").find(c) != std::string_view::npos) return i;
    const bool at_start = i == 0 || (of(segment[i - 1]) & (kDash | kDot)) != 0;
    if (c == ':' && at_start) return i;
  }
  return std::string_view::npos;
}

SegmentKind kind_at(std::string_view from_parameter) {
  const char sign = from_parameter.front();
  const std::string_view inside = from_parameter.substr(1);
  switch (sign) {
    case '*':
      return SegmentKind::rest;
    case ':': {
      const std::string_view name = identifier(inside);
      const std::string_view after = inside.substr(name.size());
      const bool many = !after.empty() && (after.front() == '*' || after.front() == '+');
      return many || after == "(.*)" ? SegmentKind::rest : kind_of_parameter({}, name);
    }
    case '(': {  // a regular expression, perhaps with a named group
      const std::size_t name = from_parameter.find('<');
      if (from_parameter.substr(0, 3) == "(.*") return SegmentKind::rest;
      if (name == std::string_view::npos) return SegmentKind::id;
      return kind_of_parameter({}, identifier(from_parameter.substr(name + 1)));
    }
    case '\\':
      return SegmentKind::id;
    default:
      return kind_in_brackets(sign, inside);
  }
}

std::string_view styled_segment(std::string_view segment, bool last) {
  const std::size_t parameter = find_parameter(segment);
  if (parameter == std::string_view::npos) {
    const SegmentKind kind = classify_segment(segment);
    return kind == SegmentKind::word ? segment : placeholder(kind);
  }
  const SegmentKind kind = kind_at(segment.substr(parameter));
  return placeholder(kind == SegmentKind::rest && !last ? SegmentKind::name : kind);
}

// The end of the segment at the front: a slash inside brackets ("[^/]+") ends nothing.
std::size_t segment_end(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (std::string_view("{<[(").find(c) != std::string_view::npos) ++depth;
    if (std::string_view("}>])").find(c) != std::string_view::npos && depth > 0) --depth;
    if (c == '/' && depth == 0) return i;
  }
  return text.size();
}

// Without a method in front, anchors and anything after 1,024 bytes.
std::string_view bare(std::string_view given) {
  given = given.substr(0, kMaxGiven);
  const std::size_t space = given.find(' ');
  if (space != std::string_view::npos) given.remove_prefix(space + 1);
  if (!given.empty() && given.front() == '^') given.remove_prefix(1);
  // With a slash between, what an anchor stands behind may be one again.
  while (given.size() > 1 && (given.back() == '$' || given.back() == '/')) given.remove_suffix(1);
  if (given == "$") return {};
  return given == "-" ? std::string_view{} : given;
}

}  // namespace

std::string_view styled_template(std::string_view given, TemplateBuffer& out) {
  std::string_view left = bare(given);
  if (left.empty()) return {};
  out.clear();
  const auto skip_slashes = [&left] {
    while (!left.empty() && left.front() == '/') left.remove_prefix(1);
  };
  skip_slashes();
  while (!left.empty()) {
    const std::string_view segment = left.substr(0, segment_end(left));
    left.remove_prefix(segment.size());
    skip_slashes();
    if (!out.append(styled_segment(segment, left.empty()), left.empty())) break;
  }
  return out.view();
}

std::string styled_template(std::string_view given) {
  TemplateBuffer buffer;
  return std::string(styled_template(given, buffer));
}

}  // namespace wayside
