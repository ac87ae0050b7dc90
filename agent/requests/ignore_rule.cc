#include "agent/requests/ignore_rule.h"

#include "agent/requests/route_text.h"
#include "agent/requests/usual_paths.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxCompared = 2048;  // bounds the work on a hostile path

std::string_view without_query(std::string_view path) {
  path = path.substr(0, path.find('?'));
  path = path.substr(0, path.find('#'));
  if (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  return path;
}

// Whether `path`, whose front a star takes part of, goes on with these literals to its end (or
// to anywhere, where the end is open). The star takes no slash, so the leftmost place of a
// literal leaves the most to the ones behind it.
bool goes_on(std::span<const std::string> parts, std::string_view path, bool open_end) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string& literal = parts[i];
    const bool to_the_end = i + 1 == parts.size() && !open_end;
    const bool long_enough = path.size() >= literal.size();
    const std::size_t at = to_the_end && long_enough
                               ? path.rfind(literal, path.size() - literal.size())
                               : path.find(literal);
    if (at == std::string_view::npos || path.substr(0, at).find('/') != std::string_view::npos) {
      return false;
    }
    path.remove_prefix(at + literal.size());
  }
  return open_end || path.empty();
}

// A star at the start takes slashes as well: every place of the first literal is tried.
bool goes_on_anywhere(std::span<const std::string> parts, std::string_view path, bool open_end) {
  const std::string& first = parts.front();
  for (std::size_t at = path.find(first); at != std::string_view::npos;
       at = path.find(first, at + 1)) {
    if (goes_on(parts.subspan(1), path.substr(at + first.size()), open_end)) return true;
  }
  return false;
}

}  // namespace

IgnoreRule::IgnoreRule(std::span<const std::string> patterns) {
  for (const std::string& text : patterns) patterns_.push_back(compiled(text));
}

IgnoreRule::Pattern IgnoreRule::compiled(const std::string& text) {
  Pattern pattern;
  if (text.empty()) pattern.means = Means::nothing;
  if (text == kIgnoreHealth) pattern.means = Means::health;
  if (text == kIgnoreStatic) pattern.means = Means::files;
  if (pattern.means != Means::pattern) return pattern;
  pattern.open_start = text.front() == '*';
  pattern.open_end = text.back() == '*';
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t star = text.find('*', begin);
    const std::size_t end = star == std::string::npos ? text.size() : star;
    if (end > begin) pattern.parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pattern;
}

std::size_t IgnoreRule::match(std::string_view target) const {
  const std::string_view path = origin_form(target).substr(0, kMaxCompared);
  if (path.empty()) return kNone;
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    if (may_match(patterns_[i], path) && matches(patterns_[i], without_query(path))) return i;
  }
  return kNone;
}

// Most paths do not begin as a pattern does: that is told before their query is looked for.
bool IgnoreRule::may_match(const Pattern& pattern, std::string_view path) {
  if (pattern.means != Means::pattern) return true;
  return pattern.open_start || path.substr(0, pattern.parts[0].size()) == pattern.parts[0];
}

bool IgnoreRule::matches(const Pattern& pattern, std::string_view path) {
  if (pattern.means == Means::health) return is_health_path(path);
  if (pattern.means == Means::files) return is_static_path(path);
  if (pattern.means == Means::nothing) return false;
  const std::span<const std::string> parts = pattern.parts;
  if (parts.empty()) return true;
  if (pattern.open_start) return goes_on_anywhere(parts, path, pattern.open_end);
  if (path.substr(0, parts[0].size()) != parts[0]) return false;
  const std::string_view rest = path.substr(parts[0].size());
  return goes_on(parts.subspan(1), rest, pattern.open_end);
}

}  // namespace wayside
