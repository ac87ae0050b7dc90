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
