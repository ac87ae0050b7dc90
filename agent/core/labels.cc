#include "agent/core/labels.h"

#include <algorithm>
#include <cstddef>

#include "agent/core/utf8.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxValue = 1024;
constexpr std::size_t kLongestCharacter = 4;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

void append_escaped(std::string& out, std::string_view value) {
  for (const char c : value) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '\\' || c == '"') out += '\\';
      out += c;
    }
  }
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

std::string mend_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Utf8Step step = utf8_step(text);
    out += step.valid ? text.substr(0, step.size) : kReplacement;
    text.remove_prefix(step.size);
  }
  return out;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Utf8Step step = utf8_step(text);
    if (!step.valid) return false;
    text.remove_prefix(step.size);
  }
  return true;
}

std::string label_value(std::string_view value) {
  // Mending never shortens a text, so what lies further back cannot be reached; the four bytes
  // keep the last character whole.
  std::string mended = mend_utf8(value.substr(0, kMaxValue + kLongestCharacter));
  if (mended.size() <= kMaxValue) return mended;
  std::size_t size = kMaxValue;
  while (size > 0 && (static_cast<unsigned char>(mended[size]) & 0xC0) == 0x80) --size;
  mended.resize(size);
  return mended;
}

std::string render_labels(std::span<const std::string> names,
                          std::span<const std::string_view> values) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
    if (!values[i].empty()) append_label(out, names[i], values[i]);
  }
  return out;
}

void append_label(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += ',';
  out += name;
  out += "=\"";
  append_escaped(out, label_value(value));
  out += '"';
}

bool is_label_name(std::string_view name) {
  if (name.empty() || !is_letter(name.front()) || name.starts_with("__")) return false;
  return std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

}  // namespace wayside
