#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/environment.h"
#include "agent/core/time.h"

namespace wayside {

struct YamlNode;

// One thing wrong with a config file. Lines and columns count from 1.
struct ConfigProblem {
  std::string file;
  int line = 0;
  int column = 0;
  std::string message;

  [[nodiscard]] std::string text() const;  // "wayside.yaml:4:3: unknown key …"
};

// Where a mapping stands, for a problem that is only found when the whole file was read.
struct ConfigPlace {
  std::string path;  // "collectors.access_log[0]"
  int line = 0;      // 0: nowhere
  int column = 0;
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
// when the mapping is opened. Every value takes ${NAME}, ${NAME:-default} and $$ (a dollar), and
// can be {file: PATH}, whose contents without the last newline are the value; a relative PATH
// starts at the config file's folder. Messages begin with the key's path
// ("collectors.access_log[0].path: …") and never show what came from a file or the environment.
//
// Valid until read_config returns. Not thread-safe.
class ConfigMap {
 public:
  ConfigMap(const YamlNode& node, ConfigContext& context, std::string path);
  ConfigMap(ConfigMap&&) noexcept;
  ~ConfigMap();

  [[nodiscard]] bool has(std::string_view key) const;  // does not make the key known
  [[nodiscard]] ConfigPlace place() const;
  [[nodiscard]] ConfigPlace place(std::string_view key) const;  // of its value

  std::optional<std::string> text(std::string_view key);
  // Where a file is; a relative path starts at the config file's folder. Takes no {file: …}.
  std::optional<std::filesystem::path> path(std::string_view key);
  std::optional<bool> boolean(std::string_view key);
  std::optional<double> number(std::string_view key);
  std::optional<std::uint64_t> integer(std::string_view key, std::uint64_t least,
                                       std::uint64_t most);
  std::optional<Micros> duration(std::string_view key);
  std::optional<std::uint64_t> size(std::string_view key);
  // Index of the value among `choices`.
  std::optional<std::size_t> choice(std::string_view key,
                                    const std::vector<std::string_view>& choices);
  // A sequence of texts; those that are wrong are left out. Null counts as an empty one.
  std::vector<std::string> texts(std::string_view key);
  // A text, or a sequence of them.
  std::vector<std::string> text_or_texts(std::string_view key);
  // A sequence of numbers; nothing where one of them is wrong.
  std::optional<std::vector<double>> numbers(std::string_view key);
  // A mapping with names of the user's own, in their order. Null counts as an empty one.
  std::vector<std::pair<std::string, std::string>> text_by_name(std::string_view key);
  std::vector<std::pair<std::string, Micros>> duration_by_name(std::string_view key);

  // A nested mapping; `~` (null) counts as an empty one. Call finish on it.
  std::optional<ConfigMap> map(std::string_view key);
  // A sequence of mappings; a single mapping counts as a sequence of one, null as one of none.
  // Call finish on each.
  std::vector<ConfigMap> maps(std::string_view key);

  // Reports `message` with the path of `key` in front, at its value, or at the mapping where it is
  // absent.
  void problem(std::string_view key, std::string_view message);
  // Reports a missing key at the mapping, and makes the key known.
  void require(std::string_view key);
  // Reports the keys nobody asked for. A second call does nothing.
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Reads `text` (up to 1 MiB of one YAML document; nothing at all is an empty mapping) and hands
// its top mapping to `read`, which need not call finish on it. All problems, of syntax or of
// content, end up in `context`, in the order of the file. Where the text is no YAML or no mapping
// that is the one problem, and `read` is not called.
void read_config(std::string_view text, ConfigContext& context,
                 const std::function<void(ConfigMap&)>& read);

}  // namespace wayside
