#include "agent/core/config_map.h"

#include <algorithm>

#include "agent/core/config_map_impl.h"
#include "agent/core/config_problem.h"
#include "agent/core/nearest_key.h"

namespace wayside {

ConfigMap::ConfigMap(const YamlNode& node, ConfigContext& context, std::string path)
    : impl_(new Impl{node, context, std::move(path), {}, {}, {}}) {
  impl_->entries = read_entries(node, impl_->path, context);
  for (const ConfigEntry& entry : impl_->entries) {
    impl_->values.emplace(entry.key->text, entry.value);
  }
}

ConfigMap::ConfigMap(ConfigMap&&) noexcept = default;
ConfigMap::~ConfigMap() = default;

const YamlNode* ConfigMap::Impl::ask(std::string_view key) {
  if (std::find(known.begin(), known.end(), key) == known.end()) known.emplace_back(key);
  const auto value = values.find(key);
  return value == values.end() ? nullptr : value->second;
}

bool ConfigMap::has(std::string_view key) const {
  return impl_->values.contains(key);
}

ConfigPlace ConfigMap::place() const {
  return {impl_->path, impl_->node.line, impl_->node.column};
}

ConfigPlace ConfigMap::place(std::string_view key) const {
  const auto found = impl_->values.find(key);
  const YamlNode& at = found == impl_->values.end() ? impl_->node : *found->second;
  return {path_of(impl_->path, key), at.line, at.column};
}

std::optional<ConfigMap> ConfigMap::map(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::optional<ConfigMap> {
    const YamlNode::Type type = value.node.type;
    if (type == YamlNode::Type::mapping || type == YamlNode::Type::null) {
      return ConfigMap(value.node, value.context, value.path);
    }
    value.problem(expected("a mapping", shown(value.node)));
    return std::nullopt;
  });
}

std::vector<ConfigMap> ConfigMap::maps(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) {
    std::vector<ConfigMap> out;
    if (value.node.type == YamlNode::Type::mapping) {
      out.emplace_back(value.node, value.context, value.path);
    } else if (value.node.type == YamlNode::Type::scalar) {
      value.problem(expected("a list of mappings", shown(value.node)));
    }
    if (value.node.type != YamlNode::Type::sequence) return out;
    for (std::size_t i = 0; i < value.node.children.size(); ++i) {
      const YamlNode& item = *value.node.children[i];
      const std::string path = value.path + "[" + std::to_string(i) + "]";
      if (item.type == YamlNode::Type::mapping) {
        out.emplace_back(item, value.context, path);
      } else {
        ConfigValue{item, path, value.context}.problem(expected("a mapping", shown(item)));
      }
    }
    return out;
  });
}

void ConfigMap::problem(std::string_view key, std::string_view message) {
  const auto found = impl_->values.find(key);
  const YamlNode& at = found == impl_->values.end() ? impl_->node : *found->second;
  ConfigValue{at, path_of(impl_->path, key), impl_->context}.problem(message);
}

void ConfigMap::require(std::string_view key) {
  if (impl_->ask(key) != nullptr) return;
  const std::string in = impl_->path.empty() ? "" : " in " + impl_->path;
  report(impl_->context, {impl_->node.line, impl_->node.column},
         "missing key " + in_quotes(key) + in);
}

std::string ConfigMap::Impl::hint(std::string_view key) const {
  if (key == "<<") return "; merge keys are not supported";
  if (known.empty()) return "; no keys are known there";
  if (const auto nearest = nearest_key(key, known)) {
    return "; did you mean " + in_quotes(*nearest) + "?";
  }
  std::string list;
  for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
  return "; known are: " + list;
}

void ConfigMap::finish() {
  if (std::exchange(impl_->finished, true)) return;
  const std::string in = impl_->path.empty() ? "" : " in " + impl_->path;
  for (const ConfigEntry& entry : impl_->entries) {
    const std::string& key = entry.key->text;
    if (std::find(impl_->known.begin(), impl_->known.end(), key) != impl_->known.end()) continue;
    if (impl_->context.problems.size() > kMaxProblems) return;
    report(impl_->context, {entry.key->line, entry.key->column},
           "unknown key " + in_quotes(key) + in + impl_->hint(key));
  }
}

void read_config(std::string_view text, ConfigContext& context,
                 const std::function<void(ConfigMap&)>& read) {
  YamlTree tree;
  if (!tree.parse(text, context)) return;
  const YamlNode& root = tree.root();
  if (root.type != YamlNode::Type::mapping && root.type != YamlNode::Type::null) {
    report(context, {root.line, root.column}, expected("a mapping of settings", shown(root)));
    return;
  }
  ConfigMap top(root, context, "");
  read(top);
  top.finish();
  std::stable_sort(context.problems.begin(), context.problems.end(),
                   [](const ConfigProblem& a, const ConfigProblem& b) {
                     return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                   });
}

}  // namespace wayside
