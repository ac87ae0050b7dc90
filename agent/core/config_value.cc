#include "agent/core/config_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <unordered_map>

#include "agent/core/config_problem.h"
#include "agent/core/config_text.h"
#include "agent/core/quantity.h"

namespace wayside {
namespace {

// PATH of {file: PATH}, or null.
const YamlNode* secret_path(const YamlNode& node) {
  const bool secret = node.type == YamlNode::Type::mapping && node.children.size() == 2 &&
                      node.children[0]->text == "file" &&
                      node.children[1]->type == YamlNode::Type::scalar;
  return secret ? node.children[1] : nullptr;
}

std::optional<Expanded> expand(const ConfigValue& value, const std::string& text) {
  Result<Expanded> expanded = expand_env(text, value.context.env);
  if (expanded) return *std::move(expanded);
  value.problem(expanded.error().message);
  return std::nullopt;
}

// A text with a NUL would be another one to the system: a path would end there.
std::optional<Scalar> whole(const ConfigValue& value, std::string text, std::string shown) {
  if (text.find('\0') == std::string::npos) return Scalar{std::move(text), std::move(shown)};
  value.problem("holds the character NUL");
  return std::nullopt;
}

std::optional<Scalar> read_file(const ConfigValue& value, const YamlNode& path) {
  const std::optional<Expanded> expanded = expand(value, path.text);
  if (!expanded) return std::nullopt;
  const std::filesystem::path folder = std::filesystem::path(value.context.file).parent_path();
  if (expanded->text.find('\0') != std::string::npos) {
    value.problem("a path holds no character NUL");
    return std::nullopt;
  }
  Result<std::string> text = read_secret(folder / expanded->text);
  if (text) return whole(value, *std::move(text), "the contents of a file");
  // As written: what a variable in it holds is not for a log.
  value.problem("the file " + in_quotes(path.text) + " " + text.error().message);
  return std::nullopt;
}

bool is_plain(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace

void ConfigValue::problem(std::string_view message) const {
  report(context, {node.line, node.column}, path + ": " + std::string(message));
}

std::optional<Scalar> read_scalar(const ConfigValue& value, std::string_view wanted) {
  if (const YamlNode* const path = secret_path(value.node)) return read_file(value, *path);
  if (value.node.type != YamlNode::Type::scalar) {
    value.problem(expected(wanted, shown(value.node)));
    return std::nullopt;
  }
  std::optional<Expanded> expanded = expand(value, value.node.text);
  if (!expanded) return std::nullopt;
  std::string as_shown =
      expanded->from_environment ? "a value from the environment" : in_quotes(expanded->text);
  return whole(value, std::move(expanded->text), std::move(as_shown));
}

std::optional<std::string> read_text(const ConfigValue& value) {
  std::optional<Scalar> scalar = read_scalar(value, "a text");
  if (!scalar) return std::nullopt;
  return std::move(scalar->text);
}

std::optional<double> read_number(const ConfigValue& value) {
  constexpr std::string_view kWanted = "a number";
  const std::optional<Scalar> scalar = read_scalar(value, kWanted);
  if (!scalar) return std::nullopt;
  const char* const end = scalar->text.data() + scalar->text.size();
  double number = 0;
  const auto [rest, code] = std::from_chars(scalar->text.data(), end, number);
  if (code == std::errc() && rest == end && std::isfinite(number)) return number;
  value.problem(expected(kWanted, scalar->shown));
  return std::nullopt;
}

namespace {

template <typename T>
std::optional<T> read_quantity(const ConfigValue& value, std::string_view wanted,
                               Result<T> (*parse)(std::string_view)) {
  const std::optional<Scalar> scalar = read_scalar(value, wanted);
  if (!scalar) return std::nullopt;
  const Result<T> parsed = parse(scalar->text);
  if (parsed) return *parsed;
  value.problem(expected(wanted, scalar->shown) + ": " + parsed.error().message);
  return std::nullopt;
}

}  // namespace

std::optional<Micros> read_duration(const ConfigValue& value) {
  return read_quantity(value, "a duration", parse_duration);
}

std::optional<std::uint64_t> read_size(const ConfigValue& value) {
  return read_quantity(value, "a size", parse_size);
}

std::string expected(std::string_view wanted, std::string_view shown) {
  return "expected " + std::string(wanted) + ", found " + std::string(shown);
}

std::string shown(const YamlNode& node) {
  switch (node.type) {
    case YamlNode::Type::null:
      return "nothing";
    case YamlNode::Type::scalar:
      return "a text";
    case YamlNode::Type::sequence:
      return "a list";
    case YamlNode::Type::mapping:
      return "a mapping";
  }
  return "something else";
}

std::string path_of(std::string_view path, std::string_view key) {
  if (!is_plain(key)) return std::string(path) + "[" + in_quotes(key) + "]";
  return path.empty() ? std::string(key) : std::string(path) + "." + std::string(key);
}

std::vector<ConfigEntry> read_entries(const YamlNode& mapping, std::string_view path,
                                      ConfigContext& context) {
  std::vector<ConfigEntry> entries;
  std::unordered_map<std::string_view, int> lines;
  const std::string in = path.empty() ? "" : " in " + std::string(path);
  for (std::size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
    const YamlNode& key = *mapping.children[i];
    const Place place{key.line, key.column};
    if (key.type != YamlNode::Type::scalar) {
      report(context, place, expected("a text as key" + in, shown(key)));
      continue;
    }
    const auto [first, fresh] = lines.emplace(key.text, key.line);
    if (fresh) {
      entries.push_back({&key, mapping.children[i + 1]});
    } else {
      report(context, place,
             "repeated key " + in_quotes(key.text) + in + "; it stands in line " +
                 std::to_string(first->second) + " already");
    }
  }
  return entries;
}

}  // namespace wayside
