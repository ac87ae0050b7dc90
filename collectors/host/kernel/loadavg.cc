#include "collectors/host/kernel/loadavg.h"

#include <array>
#include <cmath>

#include "agent/system/field_text.h"

namespace wayside {

void add_loadavg(std::string_view text, FamilyList& out) {
  static const std::array<std::string, 3> kMinutes = {"1", "5", "15"};
  for (const std::string& minutes : kMinutes) {
    const auto load = next_number<double>(text);
    if (!load || !std::isfinite(*load) || *load < 0) return;
    add_gauge(out, "node_load" + minutes,
              "Processes that ran or waited, on average over " + minutes + " min.", *load);
  }
}

}  // namespace wayside
