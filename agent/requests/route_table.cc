#include "agent/requests/route_table.h"

#include <vector>

#include "agent/requests/route_style.h"

namespace wayside {
namespace {

std::vector<std::string> styled(std::span<const std::string> templates) {
  std::vector<std::string> all;
  for (const std::string& text : templates) all.push_back(styled_template(text));
  return all;
}

}  // namespace

RouteTable::RouteTable(std::span<const std::string> configured) : configured_(styled(configured)) {}

Resolved RouteTable::resolve(std::string_view path, std::string_view route_given,
                             TemplateBuffer& buffer, bool padded) const {
  if (!route_given.empty()) {
    const std::string_view given = styled_template(route_given, buffer);
    if (!given.empty()) return {given, true};
  }
  if (!configured_.empty()) {
    const std::string_view origin = origin_form(path);
    const std::string_view found = origin.empty() ? origin : configured_.find(origin);
    if (!found.empty()) return {found, true};
  }
  return {path_template(path, buffer, padded), false};
}

}  // namespace wayside
