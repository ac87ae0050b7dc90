#include "agent/core/event.h"

#include <array>

namespace wayside {

std::string_view to_string(Level level) {
  constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warn", "error"};
  const auto index = static_cast<std::size_t>(level);
  return index < kNames.size() ? kNames[index] : "unknown";
}

}  // namespace wayside
