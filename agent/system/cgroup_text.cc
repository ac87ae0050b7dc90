#include "agent/system/cgroup_text.h"

#include <cstdint>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

// The one word of `text` as a whole number.
std::optional<std::uint64_t> one_number(std::string_view text) {
  const auto number = next_number<std::uint64_t>(text);
  return next_word(text).empty() ? number : std::nullopt;
}

std::optional<double> limit_in(std::string_view word) {
  if (word == "max") return kNoLimit;
  const auto number = number_in<std::uint64_t>(word);
  return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

// No time at all is no quota that the kernel takes.
std::optional<CpuQuota> sound(std::optional<double> quota, std::optional<double> period) {
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return CpuQuota{*quota, *period};
}

}  // namespace

std::optional<double> parse_cgroup_number(std::string_view text) {
  const auto number = one_number(text);
  return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

std::optional<double> parse_cgroup_limit(std::string_view text) {
  const std::string_view word = next_word(text);
  return next_word(text).empty() ? limit_in(word) : std::nullopt;
}

std::optional<double> parse_cgroup_v1_limit(std::string_view text) {
  constexpr double kMostBytes = 0x1p62;
  const auto limit = parse_cgroup_number(text);
  return limit && *limit >= kMostBytes ? kNoLimit : limit;
}

std::optional<CpuQuota> parse_cpu_max(std::string_view text) {
  const auto quota = limit_in(next_word(text));
  const auto period = next_number<std::uint64_t>(text);
  return sound(quota, period);
}

std::optional<CpuQuota> parse_cpu_quota(std::string_view quota, std::string_view period) {
  std::string_view rest = quota;
  const bool unlimited = next_word(rest) == "-1" && next_word(rest).empty();
  return sound(unlimited ? kNoLimit : parse_cgroup_number(quota), parse_cgroup_number(period));
}

std::optional<double> parse_cpu_weight(std::string_view text) {
  constexpr std::uint64_t kMostWeight = 10'000;
  constexpr std::uint64_t kLeastShares = 2;
  constexpr std::uint64_t kMostShares = 262'144;
  const auto weight = one_number(text);
  if (!weight || *weight == 0 || *weight > kMostWeight) return std::nullopt;
  // In whole numbers, as the kubelet does.
  const auto above = (*weight - 1) * (kMostShares - kLeastShares) / (kMostWeight - 1);
  return static_cast<double>(kLeastShares + above);
}

void parse_named_numbers(std::string_view text, std::span<const WantedLine> wanted) {
  text = whole_lines(text);
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view name = next_word(line);
    for (const WantedLine& want : wanted) {
      if (want.name != name) continue;
      const auto number = next_number<std::uint64_t>(line);
      if (number) *want.value = static_cast<double>(*number) / want.per_unit;
      break;
    }
  }
}

}  // namespace wayside
