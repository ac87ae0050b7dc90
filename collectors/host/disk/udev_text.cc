#include "collectors/host/disk/udev_text.h"

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMostProperties = 256;
constexpr std::string_view kProperty = "E:";

}  // namespace

UdevProperties UdevProperties::parse(std::string_view text) {
  UdevProperties properties;
  while (!text.empty() && properties.values_.size() < kMostProperties) {
    std::string_view line = next_line(text);
    if (!line.starts_with(kProperty)) continue;
    line.remove_prefix(kProperty.size());
    const std::size_t equals = line.find('=');
    if (equals == 0 || equals == std::string_view::npos) continue;
    properties.values_[std::string(line.substr(0, equals))] = line.substr(equals + 1);
  }
  return properties;
}

std::string_view UdevProperties::operator[](std::string_view name) const {
  const auto value = values_.find(name);
  return value == values_.end() ? std::string_view() : value->second;
}

}  // namespace wayside
