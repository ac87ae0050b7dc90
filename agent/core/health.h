#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/time.h"

namespace wayside {

// How the agent and what it watches are, as `/health` tells it.
struct Health {
  enum class Status : std::uint8_t { healthy, degraded, unhealthy };

  // Something that is watched and may be away.
  struct Service {
    std::string name;
    bool connected = false;
    bool critical = false;
  };

  Status status = Status::healthy;
  Micros uptime{0};                        // of the agent
  std::optional<std::uint64_t> rss_bytes;  // of the agent; absent where it cannot be read
  std::vector<Service> services;

  // A critical service that is away makes it unhealthy, any other one degraded.
  static Status judge(std::span<const Service> services) {
    Status status = Status::healthy;
    for (const Service& service : services) {
      if (service.connected) continue;
      if (service.critical) return Status::unhealthy;
      status = Status::degraded;
    }
    return status;
  }
};

constexpr std::string_view to_string(Health::Status status) {
  switch (status) {
    case Health::Status::healthy:
      return "healthy";
    case Health::Status::degraded:
      return "degraded";
    case Health::Status::unhealthy:
      break;
  }
  return "unhealthy";
}

}  // namespace wayside
