#include "agent/store/label_text.h"

#include <algorithm>

namespace wayside {
namespace {

// Where the value that begins at `from`, after its quote, has its closing quote.
std::size_t closing_quote(std::string_view text, std::size_t from) {
  for (std::size_t at = from; at < text.size(); ++at) {
    if (text[at] == '"') return at;
    if (text[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

void append_varint(std::string& out, std::size_t value) {
  constexpr std::size_t kMore = 0x80;
  for (; value >= kMore; value >>= 7) out += static_cast<char>(value | kMore);
  out += static_cast<char>(value);
}

std::size_t varint_size(std::size_t value) {
  std::size_t size = 1;
  for (; value >= 0x80; value >>= 7) ++size;
  return size;
}

// How long a value is without its escapes, and the value itself.
std::size_t plain_size(std::string_view escaped) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < escaped.size(); ++i, ++size) {
    if (escaped[i] == '\\') ++i;
  }
  return size;
}

void append_plain(std::string& out, std::string_view escaped) {
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    const bool escape = escaped[i] == '\\' && i + 1 < escaped.size();
    const char c = escaped[escape ? ++i : i];
    out += escape && c == 'n' ? '\n' : c;
  }
}

}  // namespace

std::vector<LabelPart> split_labels(std::string_view labels) {
  std::vector<LabelPart> parts;
  while (!labels.empty()) {
    const std::size_t equals = labels.find("=\"");
    if (equals == std::string_view::npos) break;
    const std::size_t end = closing_quote(labels, equals + 2);
    if (end == std::string_view::npos) break;
    parts.push_back({labels.substr(0, equals), labels.substr(0, end + 1)});
    labels.remove_prefix(std::min(labels.size(), end + 2));
  }
  return parts;
}

void append_label_pairs(std::string& out, std::string_view labels) {
  constexpr char kFirstField = 0x0A;  // a Metric's label, and a LabelPair's name
  constexpr char kSecondField = 0x12;
  for (const auto& [name, text] : split_labels(labels)) {
    const std::string_view value = text.substr(name.size() + 2, text.size() - name.size() - 3);
    const std::size_t size = plain_size(value);
    out += kFirstField;
    append_varint(out, 2 + varint_size(name.size()) + name.size() + varint_size(size) + size);
    out += kFirstField;
    append_varint(out, name.size());
    out += name;
    out += kSecondField;
    append_varint(out, size);
    append_plain(out, value);
  }
}

std::string canonical_labels(std::string_view labels) {
  auto parts = split_labels(labels);
  const auto by_name = [](const LabelPart& part) { return part.name; };
  if (std::ranges::is_sorted(parts, {}, by_name)) return std::string(labels);
  std::ranges::stable_sort(parts, {}, by_name);
  std::string sorted;
  sorted.reserve(labels.size());
  for (const LabelPart& part : parts) {
    if (!sorted.empty()) sorted += ',';
    sorted += part.text;
  }
  return sorted;
}

}  // namespace wayside
