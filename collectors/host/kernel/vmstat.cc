#include "collectors/host/kernel/vmstat.h"

#include <cstdint>
#include <string>

#include "agent/system/field_text.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

// ^(oom_kill|pgpg|pswp|pg.*fault).*
bool is_wanted(std::string_view field) {
  if (field.starts_with("oom_kill") || field.starts_with("pgpg")) return true;
  if (field.starts_with("pswp")) return true;
  return field.starts_with("pg") && field.find("fault", 2) != std::string_view::npos;
}

}  // namespace

void add_vmstat(std::string_view text, FamilyList& out) {
  NamesInText names;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string field(next_word(line));
    if (!is_wanted(field)) continue;
    const auto value = next_number<std::uint64_t>(line);
    if (!value || !names.take(field)) continue;
    add_sample(add_family(out, "node_vmstat_" + field, "The field " + field + " of vmstat.",
                          prometheus::MetricType::Untyped),
               static_cast<double>(*value));
  }
}

}  // namespace wayside
