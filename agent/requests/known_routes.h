#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// The routes that an answer has proven to exist, by service: what a recorder leaves to the one
// that follows it after a reload, so that a 404 on a proven route is still that route's.
// Thread-safe; asked when a recorder is made and told once a route, never on the hot path.
class KnownRoutes {
 public:
  // Past this many a service's further routes are not remembered.
  static constexpr std::size_t kMaxPerService = 10'000;

  void prove(std::string_view service, std::string_view route);
  [[nodiscard]] std::vector<std::string> of(std::string_view service) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> routes_;
};

}  // namespace wayside
