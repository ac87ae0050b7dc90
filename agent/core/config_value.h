#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/config_map.h"
#include "agent/core/yaml_tree.h"

namespace wayside {

// A value of a config where it stands, with the path that messages give it. Borrows all three.
struct ConfigValue {
  const YamlNode& node;
  const std::string& path;
  ConfigContext& context;

  void problem(std::string_view message) const;
};

// A scalar as it is meant, and how a message may show it: as written, or, where it came from a
// file or the environment, that it did.
struct Scalar {
  std::string text;
  std::string shown;
};

// Each gives nothing where the value is wrong, after a problem that says what was wanted.
std::optional<Scalar> read_scalar(const ConfigValue& value, std::string_view wanted);
std::optional<std::string> read_text(const ConfigValue& value);
std::optional<double> read_number(const ConfigValue& value);
std::optional<Micros> read_duration(const ConfigValue& value);
std::optional<std::uint64_t> read_size(const ConfigValue& value);

// "expected WANTED, found SHOWN".
std::string expected(std::string_view wanted, std::string_view shown);
// A node as such a message shows it: "a mapping", "a list", "a text" (it may be a
// password), "nothing".
std::string shown(const YamlNode& node);

// The path of a key within the mapping of `path`.
std::string path_of(std::string_view path, std::string_view key);

// A mapping's keys that are texts, each once, with their values in the file's order. Repeated
// keys and others are reported.
struct ConfigEntry {
  const YamlNode* key;
  const YamlNode* value;
};
std::vector<ConfigEntry> read_entries(const YamlNode& mapping, std::string_view path,
                                      ConfigContext& context);

}  // namespace wayside
