#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "agent/core/yaml_tree.h"

namespace wayside {

// Builds the tree from yaml-cpp's events. Its own Node type is not used: it drops the places of
// nulls, and every access can throw.
class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(std::deque<YamlNode>& nodes, ConfigContext& context)
      : nodes_(nodes), context_(context) {}

  // Null until a document was read.
  [[nodiscard]] const YamlNode* root() const { return root_; }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  YamlNode& add(YamlNode::Type type, const YAML::Mark& mark, YAML::anchor_t anchor);
  void open(YamlNode::Type type, const YAML::Mark& mark, YAML::anchor_t anchor);
  void close();
  void attach(YamlNode& node);

  std::deque<YamlNode>& nodes_;
  ConfigContext& context_;
  std::vector<YamlNode*> open_;         // from the root to the innermost
  std::vector<std::size_t> opened_at_;  // weight_ when each was opened
  std::vector<YamlNode*> anchors_;      // by anchor; yaml-cpp numbers them from 1
  std::size_t weight_ = 0;              // so far, with every alias written out
  const YamlNode* root_ = nullptr;
};

}  // namespace wayside
