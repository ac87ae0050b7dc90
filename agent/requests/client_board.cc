#include "agent/requests/client_board.h"

#include <utility>

#include "agent/core/labels.h"

namespace wayside {
namespace {

using Json = nlohmann::ordered_json;

Json list_of(const std::vector<Sufferer>& sufferers) {
  Json list = Json::array();
  for (const Sufferer& sufferer : sufferers) list.push_back(sufferer.json());
  return list;
}

}  // namespace

void ClientBoard::put(const std::string& service, SuffererReport report) {
  const std::lock_guard lock(mutex_);
  reports_.insert_or_assign(service, std::move(report));
}

void ClientBoard::withdraw(const std::string& service) {
  const std::lock_guard lock(mutex_);
  reports_.erase(service);
}

nlohmann::ordered_json ClientBoard::json(std::optional<std::string_view> service) const {
  Json services = Json::array();
  const std::lock_guard lock(mutex_);
  for (const auto& [name, report] : reports_) {
    if (service && name != *service) continue;
    services.push_back({{"service", mend_utf8(name)},
                        {"since", to_rfc3339(report.since)},
                        {"until", to_rfc3339(report.until)},
                        {"troubled", list_of(report.troubled)},
                        {"limited", list_of(report.limited)}});
  }
  return {{"services", std::move(services)}};
}

}  // namespace wayside
