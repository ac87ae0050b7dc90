#include "collectors/host/network/conntrack.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

struct Statistic {
  std::string_view name;
  const char* help;
};
constexpr std::array<Statistic, 8> kStatistics = {{
    {"found", "Searches in the connection table that found an entry."},
    {"invalid", "Packets that cannot be tracked."},
    {"ignore", "Packets that already belonged to an entry."},
    {"insert", "Entries put into the connection table."},
    {"insert_failed", "Entries that could not be put into the connection table."},
    {"drop", "Packets dropped since tracking them failed."},
    {"early_drop", "Entries dropped to make room in a full connection table."},
    {"search_restart", "Searches begun anew since the connection table was resized."},
}};

constexpr std::size_t kMostColumns = 64;

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (auto word = next_word(line); !word.empty() && words.size() < kMostColumns;
       word = next_word(line)) {
    words.push_back(word);
  }
  return words;
}

std::optional<double> hex_in(std::string_view word) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number, 16);
  if (code != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return static_cast<double>(number);
}

// The sum of a column over the lines of all CPUs; nothing where one of them cannot be read.
std::optional<double> sum_of(std::string_view lines, std::size_t column) {
  std::optional<double> sum;
  while (!lines.empty()) {
    const auto words = words_of(next_line(lines));
    if (words.empty()) continue;
    const auto value = column < words.size() ? hex_in(words[column]) : std::nullopt;
    if (!value) return std::nullopt;
    sum = sum.value_or(0) + *value;
  }
  return sum;
}

void add_number(std::string_view text, const char* name, const char* help, FamilyList& out) {
  if (const auto number = next_number<std::uint64_t>(text)) {
    add_gauge(out, name, help, static_cast<double>(*number));
  }
}

}  // namespace

void add_conntrack_entries(std::string_view text, FamilyList& out) {
  add_number(text, "node_nf_conntrack_entries", "Connections that the kernel tracks now.", out);
}

void add_conntrack_limit(std::string_view text, FamilyList& out) {
  add_number(text, "node_nf_conntrack_entries_limit", "Connections that the kernel can track.",
             out);
}

void add_conntrack_stat(std::string_view text, FamilyList& out) {
  const auto names = words_of(next_line(text));
  for (const Statistic& statistic : kStatistics) {
    const auto name = std::ranges::find(names, statistic.name);
    if (name == names.end()) continue;
    const auto sum = sum_of(text, static_cast<std::size_t>(name - names.begin()));
    if (!sum) continue;
    add_gauge(out, "node_nf_conntrack_stat_" + std::string(statistic.name), statistic.help, *sum);
  }
}

}  // namespace wayside
