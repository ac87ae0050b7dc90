#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "agent/core/time.h"

namespace wayside {

enum class Level : std::uint8_t { debug, info, warn, error };
std::string_view to_string(Level level);

// Something worth a line in the structured log: a slow request, a distribution, later a leak or a
// dependency that went down. `fields` follow the fixed ones in the order they were put.
struct Event {
  WallTime at;
  Level level = Level::info;
  std::string name;     // "slow_request": what a program selects by
  std::string message;  // for a person
  nlohmann::ordered_json fields = nlohmann::ordered_json::object();
};

// Takes events. Thread-safe, and never blocks the caller on a slow disk or pipe: what cannot be
// kept is counted as dropped.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void emit(Event event) = 0;
};

}  // namespace wayside
