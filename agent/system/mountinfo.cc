#include "agent/system/mountinfo.h"

#include <cstddef>
#include <optional>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

// The byte written as the three octal digits at the front of `text`.
std::optional<char> octal_byte(std::string_view text) {
  constexpr std::size_t kDigits = 3;
  if (text.size() < kDigits) return std::nullopt;
  unsigned value = 0;
  for (const char digit : text.substr(0, kDigits)) {
    if (digit < '0' || digit > '7') return std::nullopt;
    value = value * 8 + static_cast<unsigned>(digit - '0');
  }
  if (value > 0xFF) return std::nullopt;
  return static_cast<char>(value);
}

void skip_words(std::string_view& line, int count) {
  for (; count > 0; --count) next_word(line);
}

std::optional<Mount> parse_mount(std::string_view line) {
  Mount mount;
  skip_words(line, 3);
  mount.root = unescape_mount(next_word(line));
  mount.point = unescape_mount(next_word(line));
  // Options of the mount and any number of optional fields, up to a hyphen.
  std::string_view word = next_word(line);
  while (!word.empty() && word != "-") word = next_word(line);
  next_field(line);  // nothing: before the space
  mount.type = unescape_mount(next_field(line));
  next_field(line);  // the source, which may have no name
  mount.options = next_field(line);
  if (mount.type.empty() || !mount.point.starts_with('/')) return std::nullopt;
  return mount;
}

}  // namespace

std::string unescape_mount(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  while (!text.empty()) {
    const auto byte = text.front() == '\\' ? octal_byte(text.substr(1)) : std::nullopt;
    plain += byte.value_or(text.front());
    text.remove_prefix(byte ? 4 : 1);
  }
  return plain;
}

std::vector<Mount> parse_mountinfo(std::string_view text) {
  std::vector<Mount> mounts;
  while (!text.empty()) {
    if (auto mount = parse_mount(next_line(text))) mounts.push_back(*std::move(mount));
  }
  return mounts;
}

}  // namespace wayside
