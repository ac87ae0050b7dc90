#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "agent/system/cgroup_paths.h"
#include "agent/system/cgroup_text.h"
#include "agent/system/pressure_text.h"

namespace {

// What a number of a cgroup's may be: never negative, never not a number.
void check(std::optional<double> value) {
  if (value && !(*value >= 0)) std::abort();
}

void try_paths(std::string_view text) {
  const auto paths = wayside::parse_proc_cgroup(text);
  static_cast<void>(paths.of("memory"));
  const auto root = text.substr(0, text.find('\n'));
  const auto below = wayside::path_below(root, paths.unified.value_or(std::string(text)));
  if (!below) return;
  // Never a way out of what is mounted.
  const std::string inside = "/" + *below + "/";
  if (inside.find("/../") != std::string::npos || below->starts_with('/')) std::abort();
}

}  // namespace

// The texts of /proc/PID/cgroup and of a cgroup's files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try_paths(text);
  check(wayside::parse_cgroup_number(text));
  check(wayside::parse_cgroup_limit(text));
  check(wayside::parse_cgroup_v1_limit(text));
  check(wayside::parse_cpu_weight(text));
  if (const auto quota = wayside::parse_cpu_max(text)) check(quota->cores());
  const auto half = size / 2;
  if (const auto quota = wayside::parse_cpu_quota(text.substr(0, half), text.substr(half))) {
    check(quota->cores());
  }
  const auto pressure = wayside::parse_pressure(text);
  for (const auto& line : {pressure.some, pressure.full}) {
    if (line) check(line->avg10);
  }
  std::optional<double> value;
  wayside::parse_named_numbers(text, std::array{wayside::WantedLine{"anon", &value}});
  check(value);
  return 0;
}
