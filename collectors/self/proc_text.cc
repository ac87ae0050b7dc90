#include "collectors/self/proc_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string>

namespace wayside {

namespace {

constexpr std::string_view kSpaces = " \t\n";

// Takes the next word off the front of `text`; empty at its end.
std::string_view next_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kSpaces));
  text.remove_prefix(word.size());
  return word;
}

std::string_view next_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

std::optional<std::uint64_t> whole_number(std::string_view word) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (code != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

struct Wanted {
  int field;
  std::uint64_t ProcessStat::*member;
};
constexpr int kFirstAfterCommand = 3;
constexpr int kLastWanted = 24;
constexpr std::array<Wanted, 6> kWanted = {{{14, &ProcessStat::user_ticks},
                                            {15, &ProcessStat::system_ticks},
                                            {20, &ProcessStat::threads},
                                            {22, &ProcessStat::start_ticks},
                                            {23, &ProcessStat::virtual_bytes},
                                            {kLastWanted, &ProcessStat::resident_pages}}};

}  // namespace

Result<ProcessStat> parse_process_stat(std::string_view text) {
  const std::size_t command_end = text.rfind(')');
  if (command_end == std::string_view::npos) return Error{"no command in parentheses"};
  text.remove_prefix(command_end + 1);
  ProcessStat stat;
  auto wanted = kWanted.begin();
  for (int field = kFirstAfterCommand; field <= kLastWanted; ++field) {
    const std::string_view word = next_word(text);
    if (field != wanted->field) continue;
    const auto number = whole_number(word);
    if (!number) return Error{"field " + std::to_string(field) + " is no whole number"};
    stat.*(wanted->member) = *number;
    ++wanted;
  }
  return stat;
}

std::optional<std::uint64_t> parse_boot_time(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == "btime") return whole_number(next_word(line));
  }
  return std::nullopt;
}

std::optional<std::uint64_t> parse_soft_limit(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (!line.starts_with(name)) continue;
    line.remove_prefix(name.size());
    if (!line.starts_with(' ')) continue;
    const std::string_view soft = next_word(line);
    if (soft == "unlimited") return std::numeric_limits<std::uint64_t>::max();
    return whole_number(soft);
  }
  return std::nullopt;
}

}  // namespace wayside
