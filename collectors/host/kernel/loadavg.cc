#include "collectors/host/kernel/loadavg.h"

#include <cmath>
#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

std::optional<double> next_load(std::string_view& text) {
  const auto load = next_number<double>(text);
  if (!load || !std::isfinite(*load) || *load < 0) return std::nullopt;
  return load;
}

}  // namespace

void add_loadavg(std::string_view text, FamilyList& out) {
  for (const char* minutes : {"1", "5", "15"}) {
    const auto load = next_load(text);
    if (!load) return;
    add_gauge(out, std::string("node_load") + minutes,
              std::string("Tasks that ran or waited, on average over ") + minutes + " min.", *load);
  }
}

std::optional<double> parse_load1(std::string_view text) {
  return next_load(text);
}

}  // namespace wayside
