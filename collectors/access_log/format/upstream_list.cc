#include "collectors/access_log/format/upstream_list.h"

#include <algorithm>

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

bool is_absent(std::string_view text) {
  return text.empty() || text == "-";
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Position of the next separator, a comma or a colon on its own, or the size.
std::size_t find_separator(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') return i;
    const bool alone = text[i] == ':' && (i == 0 || text[i - 1] == ' ') &&
                       (i + 1 == text.size() || text[i + 1] == ' ');
    if (alone) return i;
  }
  return text.size();
}

// Calls `use(position, element)` for each element that states something, up to the room; stops
// at the first that it refuses.
template <typename Use>
bool each(std::string_view list, const Use& use) {
  if (is_absent(list)) return true;
  UpstreamList elements(list);
  std::string_view element;
  for (std::size_t i = 0; elements.next(element); ++i) {
    if (!use(std::min(i, Attempts::kMost), element)) return false;
  }
  return true;
}

}  // namespace

bool UpstreamList::next(std::string_view& element) {
  if (rest_.empty()) return false;
  const std::size_t end = find_separator(rest_);
  element = trim(rest_.substr(0, end));
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  if (trim(rest_).empty()) rest_ = {};
  return true;
}

void Attempts::addresses(std::string_view list) {
  each(list, [this](std::size_t i, std::string_view element) {
    if (i < kMost) at(i).address = is_absent(element) ? std::string_view() : element;
    return true;
  });
}

bool Attempts::statuses(std::string_view list) {
  return each(list, [this](std::size_t i, std::string_view element) {
    std::uint16_t status = 0;
    if (!is_absent(element)) {
      const auto number = parse_unsigned(element);
      if (element.size() != 3 || !number) return false;
      status = static_cast<std::uint16_t>(*number < 100 ? 0 : *number);
    }
    if (i < kMost) at(i).status = status;
    return true;
  });
}

bool Attempts::durations(std::string_view list) {
  return each(list, [this](std::size_t i, std::string_view element) {
    Micros duration = kNoDuration;
    if (!is_absent(element)) {
      const auto read = parse_decimal_micros(element, kMaxDurationDigits);
      if (!read) return false;
      duration = *read;
    }
    if (i < kMost) at(i).duration = duration;
    return true;
  });
}

}  // namespace wayside
