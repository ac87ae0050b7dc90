#include "agent/requests/known_routes.h"

namespace wayside {

void KnownRoutes::prove(std::string_view service, std::string_view route) {
  const std::lock_guard lock(mutex_);
  auto found = routes_.find(service);
  if (found == routes_.end()) found = routes_.try_emplace(std::string(service)).first;
  if (found->second.size() < kMaxPerService) found->second.emplace(route);
}

std::vector<std::string> KnownRoutes::of(std::string_view service) const {
  const std::lock_guard lock(mutex_);
  const auto found = routes_.find(service);
  if (found == routes_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace wayside
