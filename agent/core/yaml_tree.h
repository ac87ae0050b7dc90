#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/config_map.h"

namespace wayside {

// A node of a YAML text. Lines and columns count from 1, columns in bytes.
struct YamlNode {
  enum class Type : std::uint8_t { null, scalar, sequence, mapping };
  Type type = Type::null;
  int line = 1;
  int column = 1;
  std::string text;                       // of a scalar
  std::vector<const YamlNode*> children;  // of a mapping: key, value, key, value …
  std::size_t weight = 0;                 // nodes in it with every alias written out; 0: unfinished
};

// What a config file says, before any meaning. Repeated keys are kept; aliases point at the node
// they name. Owns its nodes, which never move.
class YamlTree {
 public:
  static constexpr std::size_t kMaxText = std::size_t{1} << 20;

  // Reads `text`; what is wrong with it is reported to `context`, and then false.
  bool parse(std::string_view text, ConfigContext& context);
  [[nodiscard]] const YamlNode& root() const { return *root_; }

 private:
  std::deque<YamlNode> nodes_{1};  // the first one stands for a file that says nothing
  const YamlNode* root_ = &nodes_.front();
};

}  // namespace wayside
