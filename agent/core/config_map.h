#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/environment.h"
#include "agent/core/time.h"

namespace YAML {
class Node;
}

namespace wayside {

// One thing wrong with a config file. Lines and columns count from 1.
struct ConfigProblem {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;

  [[nodiscard]] std::string text() const;  // "wayside.yaml:4:3: unknown key …"
};

// All that is wrong with a file, collected while it is read to its end, and what reading needs.
struct ConfigContext {
  std::string file;
  GetEnv env = process_env;
  std::vector<ConfigProblem> problems;
};

// One YAML mapping, read strictly: each getter names a key it knows, and `finish` reports every
// key that no getter asked for, with the nearest known one. A getter of an absent key gives
// nothing; of a wrong value it reports a problem and gives nothing. Repeated keys are reported
// when the mapping is opened. Text takes ${NAME}, ${NAME:-default} and $$ (a dollar), and can be
// {file: PATH}, whose contents without the last newline are the value. Not thread-safe.
class ConfigMap {
 public:
  ConfigMap(const YAML::Node& node, ConfigContext& context, std::string path);
  ConfigMap(ConfigMap&&) noexcept;
  ~ConfigMap();

  [[nodiscard]] bool has(std::string_view key) const;  // does not make the key known

  std::optional<std::string> text(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::optional<std::uint64_t> integer(std::string_view key, std::uint64_t least,
                                       std::uint64_t most);
  std::optional<Micros> duration(std::string_view key);
  std::optional<std::uint64_t> size(std::string_view key);
  // Index of the value among `choices`.
  std::optional<std::size_t> choice(std::string_view key,
                                    const std::vector<std::string_view>& choices);
  std::vector<std::string> texts(std::string_view key);  // a sequence of texts
  std::optional<std::vector<double>> numbers(std::string_view key);
  std::vector<std::pair<std::string, std::string>> text_by_name(std::string_view key);
  std::vector<std::pair<std::string, Micros>> duration_by_name(std::string_view key);

  // A nested mapping; `~` (null) counts as an empty one.
  std::optional<ConfigMap> map(std::string_view key);
  // A sequence of mappings; a single mapping counts as a sequence of one.
  std::vector<ConfigMap> maps(std::string_view key);

  // Reports `message` at the value of `key`, or at the mapping where it is absent.
  void problem(std::string_view key, std::string message);
  // Reports a missing key at the mapping.
  void require(std::string_view key);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Reads `text` as YAML and hands its top mapping to `read`, which need not call finish on it.
// All problems, of syntax or of content, end up in `context`.
void read_config(std::string_view text, ConfigContext& context,
                 const std::function<void(ConfigMap&)>& read);

}  // namespace wayside
