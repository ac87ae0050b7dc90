#include <charconv>
#include <system_error>

#include "agent/core/config_map.h"
#include "agent/core/config_map_impl.h"
#include "agent/core/config_problem.h"
#include "agent/core/nearest_key.h"

namespace wayside {
namespace {

// Values of a mapping with the user's own names, each read by `read`; wrong ones are left out.
template <typename T>
std::vector<std::pair<std::string, T>> read_by_name(const ConfigValue& value,
                                                    std::optional<T> (*read)(const ConfigValue&)) {
  std::vector<std::pair<std::string, T>> out;
  if (value.node.type == YamlNode::Type::null) return out;
  if (value.node.type != YamlNode::Type::mapping) {
    value.problem(expected("a mapping", shown(value.node)));
    return out;
  }
  for (const ConfigEntry& entry : read_entries(value.node, value.path, value.context)) {
    const std::string path = path_of(value.path, entry.key->text);
    auto item = read({*entry.value, path, value.context});
    if (item) out.emplace_back(entry.key->text, *std::move(item));
  }
  return out;
}

// Items of a sequence, each read by `read`: nothing where the value is no sequence, and items
// that are wrong are left out.
template <typename T>
std::optional<std::vector<T>> read_list(const ConfigValue& value, std::string_view wanted,
                                        std::optional<T> (*read)(const ConfigValue&)) {
  if (value.node.type != YamlNode::Type::sequence) {
    value.problem(expected(wanted, shown(value.node)));
    return std::nullopt;
  }
  std::vector<T> out;
  for (std::size_t i = 0; i < value.node.children.size(); ++i) {
    const std::string path = value.path + "[" + std::to_string(i) + "]";
    auto item = read({*value.node.children[i], path, value.context});
    if (item) out.push_back(*std::move(item));
  }
  return out;
}

std::string join(const std::vector<std::string_view>& texts) {
  std::string out;
  for (const std::string_view text : texts) {
    if (!out.empty()) out += ", ";
    out += text;
  }
  return out;
}

}  // namespace

std::optional<std::string> ConfigMap::text(std::string_view key) {
  return impl_->with(key, read_text);
}

std::optional<std::filesystem::path> ConfigMap::path(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::optional<std::filesystem::path> {
    // {file: PATH} is what PATH contains: whoever means PATH would see it in an error.
    if (value.node.type != YamlNode::Type::scalar) {
      value.problem(expected("the path of a file", shown(value.node)));
      return std::nullopt;
    }
    const auto text = read_text(value);
    if (text && !text->empty()) {
      return std::filesystem::path(value.context.file).parent_path() / *text;
    }
    if (text) value.problem("a path is not empty");
    return std::nullopt;
  });
}

std::optional<double> ConfigMap::number(std::string_view key) {
  return impl_->with(key, read_number);
}

std::optional<Micros> ConfigMap::duration(std::string_view key) {
  return impl_->with(key, read_duration);
}

std::optional<std::uint64_t> ConfigMap::size(std::string_view key) {
  return impl_->with(key, read_size);
}

std::optional<bool> ConfigMap::boolean(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::optional<bool> {
    constexpr std::string_view kWanted = "true or false";
    const std::optional<Scalar> scalar = read_scalar(value, kWanted);
    if (!scalar) return std::nullopt;
    if (scalar->text == "true") return true;
    if (scalar->text == "false") return false;
    value.problem(expected(kWanted, scalar->shown));
    return std::nullopt;
  });
}

std::optional<std::uint64_t> ConfigMap::integer(std::string_view key, std::uint64_t least,
                                                std::uint64_t most) {
  return impl_->with(key, [=](const ConfigValue& value) -> std::optional<std::uint64_t> {
    const std::string wanted =
        "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
    const std::optional<Scalar> scalar = read_scalar(value, wanted);
    if (!scalar) return std::nullopt;
    const char* const end = scalar->text.data() + scalar->text.size();
    std::uint64_t number = 0;
    const auto [rest, code] = std::from_chars(scalar->text.data(), end, number);
    const bool whole = code == std::errc() && rest == end;
    if (whole && number >= least && number <= most) return number;
    value.problem(expected(wanted, scalar->shown));
    return std::nullopt;
  });
}

std::optional<std::size_t> ConfigMap::choice(std::string_view key,
                                             const std::vector<std::string_view>& choices) {
  return impl_->with(key, [&choices](const ConfigValue& value) -> std::optional<std::size_t> {
    const std::string wanted = "one of " + join(choices);
    const std::optional<Scalar> scalar = read_scalar(value, wanted);
    if (!scalar) return std::nullopt;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (choices[i] == scalar->text) return i;
    }
    value.problem(expected(wanted, scalar->shown));
    return std::nullopt;
  });
}

std::vector<std::string> ConfigMap::texts(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::vector<std::string> {
    if (value.node.type == YamlNode::Type::null) return {};
    return read_list(value, "a list of texts", read_text).value_or(std::vector<std::string>{});
  });
}

std::vector<std::string> ConfigMap::text_or_texts(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::vector<std::string> {
    if (value.node.type != YamlNode::Type::sequence) {
      auto text = read_text(value);
      return text ? std::vector<std::string>{std::move(*text)} : std::vector<std::string>{};
    }
    return read_list(value, "a list of texts", read_text).value_or(std::vector<std::string>{});
  });
}

std::optional<std::vector<double>> ConfigMap::numbers(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) -> std::optional<std::vector<double>> {
    auto out = read_list(value, "a list of numbers", read_number);
    if (!out || out->size() != value.node.children.size()) return std::nullopt;
    return out;
  });
}

std::vector<std::pair<std::string, std::string>> ConfigMap::text_by_name(std::string_view key) {
  return impl_->with(key, [](const ConfigValue& value) { return read_by_name(value, read_text); });
}

std::vector<std::pair<std::string, Micros>> ConfigMap::duration_by_name(std::string_view key) {
  return impl_->with(key,
                     [](const ConfigValue& value) { return read_by_name(value, read_duration); });
}

}  // namespace wayside
