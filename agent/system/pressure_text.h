#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wayside {

// One line of a file of pressure stall information (Documentation/accounting/psi.rst): "some
// avg10=0.12 avg60=0.05 avg300=0.01 total=123456".
struct PressureLine {
  std::optional<double> avg10;         // share of the last ten seconds, 0 to 1
  std::optional<std::uint64_t> total;  // microseconds since boot
};
struct Pressure {
  std::optional<PressureLine> some;  // some task waited
  std::optional<PressureLine> full;  // all tasks waited
};
Pressure parse_pressure(std::string_view text);

}  // namespace wayside
