#include "agent/core/nearest_key.h"

#include <algorithm>
#include <array>

namespace wayside {
namespace {

constexpr std::size_t kLongest = 64;
using Row = std::array<std::size_t, kLongest + 1>;

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer > kLongest) return longer;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

std::optional<std::string_view> nearest_key(std::string_view key,
                                            std::span<const std::string> known) {
  std::optional<std::string_view> nearest;
  std::size_t least = key.size();  // to replace every letter is no likeness
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(key, candidate);
    const std::size_t limit = std::max<std::size_t>(1, std::max(key.size(), candidate.size()) / 3);
    if (distance > limit || distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace wayside
