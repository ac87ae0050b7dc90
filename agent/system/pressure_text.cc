#include "agent/system/pressure_text.h"

#include "agent/system/field_text.h"

namespace wayside {
namespace {

std::optional<double> share_of(std::string_view percent) {
  const auto value = number_in<double>(percent);
  if (!value || !(*value >= 0 && *value <= 100)) return std::nullopt;
  return *value / 100;
}

PressureLine parse_line(std::string_view line) {
  constexpr std::string_view kAvg10 = "avg10=";
  constexpr std::string_view kTotal = "total=";
  PressureLine parsed;
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    if (word.starts_with(kAvg10)) parsed.avg10 = share_of(word.substr(kAvg10.size()));
    if (word.starts_with(kTotal)) {
      parsed.total = number_in<std::uint64_t>(word.substr(kTotal.size()));
    }
  }
  return parsed;
}

}  // namespace

Pressure parse_pressure(std::string_view text) {
  Pressure pressure;
  text = whole_lines(text);
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view kind = next_word(line);
    if (kind == "some") pressure.some = parse_line(line);
    if (kind == "full") pressure.full = parse_line(line);
  }
  return pressure;
}

}  // namespace wayside
