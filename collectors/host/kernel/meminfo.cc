#include "collectors/host/kernel/meminfo.h"

#include <limits>
#include <string>

#include "agent/system/field_text.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr std::uint64_t kKilo = 1024;

// "Active(anon)" is Active_anon.
std::string name_of(const MeminfoLine& line) {
  std::string name;
  for (const char c : line.key) {
    if (c == '(') {
      name += '_';
    } else if (c != ')') {
      name += c;
    }
  }
  if (line.bytes) name += "_bytes";
  return name;
}

}  // namespace

std::optional<MeminfoLine> parse_meminfo_line(std::string_view line) {
  MeminfoLine parsed;
  parsed.key = next_word(line);
  if (parsed.key.size() < 2 || !parsed.key.ends_with(':')) return std::nullopt;
  parsed.key.remove_suffix(1);
  const auto value = next_number<std::uint64_t>(line);
  if (!value) return std::nullopt;
  const std::string_view unit = next_word(line);
  parsed.value = *value;
  if (unit.empty()) return parsed;
  if (unit != "kB" || *value > std::numeric_limits<std::uint64_t>::max() / kKilo) {
    return std::nullopt;
  }
  parsed.value *= kKilo;
  parsed.bytes = true;
  return parsed;
}

void add_meminfo(std::string_view text, FamilyList& out) {
  NamesInText names;
  while (!text.empty()) {
    const auto line = parse_meminfo_line(next_line(text));
    if (!line) continue;
    const std::string name = name_of(*line);
    if (!names.take(name)) continue;
    add_gauge(out, "node_memory_" + name, "The line " + std::string(line->key) + " of meminfo.",
              static_cast<double>(line->value));
  }
}

}  // namespace wayside
