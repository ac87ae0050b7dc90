#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "agent/requests/sufferers.h"

namespace wayside {

// Where recorders put whom their services serve badly, and where pages read it. Thread-safe; told
// about once a second and service, never for a request.
class ClientBoard {
 public:
  void put(const std::string& service, SuffererReport report);
  void withdraw(const std::string& service);

  // All services, or one, as JSON: {"services":[{"service":…,"since":…,"until":…,
  // "troubled":[…],"limited":[…]}]}. A service nobody knows gives an empty list.
  [[nodiscard]] nlohmann::ordered_json json(std::optional<std::string_view> service) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, SuffererReport, std::less<>> reports_;
};

}  // namespace wayside
