#include "collectors/host/kernel/limits.h"

#include <cstdint>

#include "agent/system/field_text.h"

namespace wayside {

void add_filefd(std::string_view text, FamilyList& out) {
  const auto allocated = next_number<std::uint64_t>(text);
  const std::string_view unused = next_word(text);
  const auto maximum = next_number<std::uint64_t>(text);
  if (!allocated || unused.empty() || !maximum) return;
  add_gauge(out, "node_filefd_allocated", "Open files that the kernel has room for now.",
            static_cast<double>(*allocated));
  add_gauge(out, "node_filefd_maximum", "Open files that the kernel allows.",
            static_cast<double>(*maximum));
}

void add_entropy_available(std::string_view text, FamilyList& out) {
  if (const auto bits = next_number<std::uint64_t>(text)) {
    add_gauge(out, "node_entropy_available_bits", "Entropy that the random pool holds.",
              static_cast<double>(*bits));
  }
}

void add_entropy_pool_size(std::string_view text, FamilyList& out) {
  if (const auto bits = next_number<std::uint64_t>(text)) {
    add_gauge(out, "node_entropy_pool_size_bits", "Entropy that the random pool can hold.",
              static_cast<double>(*bits));
  }
}

}  // namespace wayside
