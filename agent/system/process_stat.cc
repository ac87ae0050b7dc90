#include "agent/system/process_stat.h"

#include <array>
#include <limits>
#include <string>

#include "agent/system/field_text.h"

namespace wayside {

namespace {

struct Wanted {
  int field;
  std::uint64_t ProcessStat::*member;
};
constexpr int kFirstNumber = 4;
constexpr int kLastWanted = 24;
constexpr std::array<Wanted, 9> kWanted = {{{kFirstNumber, &ProcessStat::parent},
                                            {10, &ProcessStat::minor_faults},
                                            {12, &ProcessStat::major_faults},
                                            {14, &ProcessStat::user_ticks},
                                            {15, &ProcessStat::system_ticks},
                                            {20, &ProcessStat::threads},
                                            {22, &ProcessStat::start_ticks},
                                            {23, &ProcessStat::virtual_bytes},
                                            {kLastWanted, &ProcessStat::resident_pages}}};

}  // namespace

Result<ProcessStat> parse_process_stat(std::string_view text) {
  const std::size_t command_end = text.rfind(')');
  if (command_end == std::string_view::npos) return Error{"no command in parentheses"};
  ProcessStat stat;
  const std::string_view front = text.substr(0, command_end);
  if (const std::size_t open = front.find('('); open != std::string_view::npos) {
    stat.command = front.substr(open + 1);
  }
  text.remove_prefix(command_end + 1);
  const std::string_view state = next_word(text);
  if (state.size() != 1) return Error{"field 3 is no state"};
  stat.state = state.front();
  auto wanted = kWanted.begin();
  for (int field = kFirstNumber; field <= kLastWanted; ++field) {
    const std::string_view word = next_word(text);
    if (field != wanted->field) continue;
    const auto number = number_in<std::uint64_t>(word);
    if (!number) return Error{"field " + std::to_string(field) + " is no whole number"};
    stat.*(wanted->member) = *number;
    ++wanted;
  }
  return stat;
}

std::optional<std::uint64_t> parse_boot_time(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == "btime") return number_in<std::uint64_t>(next_word(line));
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
    return number_in<std::uint64_t>(soft);
  }
  return std::nullopt;
}

}  // namespace wayside
