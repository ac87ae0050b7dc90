#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/config_map.h"
#include "agent/core/config_value.h"

namespace wayside {

// What stands behind a ConfigMap: one mapping, and which of its keys were asked for.
struct ConfigMap::Impl {
  const YamlNode& node;
  ConfigContext& context;
  std::string path;
  std::map<std::string_view, const YamlNode*> values;
  std::vector<ConfigEntry> entries;
  std::vector<std::string> known;  // in the order they were asked for
  bool finished = false;

  // The value of `key`, or null; the key is known from now on.
  const YamlNode* ask(std::string_view key);
  // ", which …" of a message about an unknown key.
  [[nodiscard]] std::string hint(std::string_view key) const;

  // What `read` makes of the value of `key`, where there is one.
  template <typename Read>
  auto with(std::string_view key, Read read) -> decltype(read(std::declval<ConfigValue>())) {
    const YamlNode* const value = ask(key);
    if (value == nullptr) return {};
    const std::string where = path_of(path, key);
    return read(ConfigValue{*value, where, context});
  }
};

}  // namespace wayside
