#pragma once

#include <string_view>

#include "agent/core/event.h"

namespace wayside {

// The agent's own log: what it does and what is wrong, for whoever runs it. Thread-safe.
class Log {
 public:
  virtual ~Log() = default;
  virtual void write(Level level, std::string_view message) = 0;
};

// For tests and for tools that have nothing to say.
class NullLog final : public Log {
 public:
  void write(Level, std::string_view) override {}
};

}  // namespace wayside
