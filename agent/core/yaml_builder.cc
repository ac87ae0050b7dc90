#include "agent/core/yaml_builder.h"

#include "agent/core/config_problem.h"

namespace wayside {
namespace {

// A file of the largest size has fewer nodes; only aliases of aliases come near.
constexpr std::size_t kMaxWeight = 1'000'000;

}  // namespace

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (root_ == nullptr) return;
  report(context_, {mark.line + 1, mark.column + 1},
         "the settings ended before this; a config is a single YAML document");
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode& node = add(YamlNode::Type::null, mark, anchor);
  // yaml-cpp gives an absent value the place of what follows it.
  const bool is_value = !open_.empty() && open_.back()->type == YamlNode::Type::mapping &&
                        open_.back()->children.size() % 2 == 0;
  if (!is_value) return;
  const YamlNode& key = *open_.back()->children[open_.back()->children.size() - 2];
  if (node.line == key.line) return;
  node.line = key.line;
  node.column = key.column;
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const Place place{mark.line + 1, mark.column + 1};
  YamlNode* const named = anchor <= anchors_.size() ? anchors_[anchor - 1] : nullptr;
  const char* trouble = nullptr;
  if (named == nullptr || named->weight == 0) {
    trouble = "an alias of a node that contains it";
  } else if (weight_ + named->weight > kMaxWeight) {
    trouble = "aliases make this file too large";
  }
  if (trouble != nullptr) {
    report(context_, place, trouble);
    add(YamlNode::Type::null, mark, 0);
    return;
  }
  weight_ += named->weight;
  attach(*named);
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                           const std::string& value) {
  add(YamlNode::Type::scalar, mark, anchor).text = value;
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  open(YamlNode::Type::sequence, mark, anchor);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  open(YamlNode::Type::mapping, mark, anchor);
}

YamlNode& YamlBuilder::add(YamlNode::Type type, const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode& node = nodes_.emplace_back();
  node.type = type;
  node.line = mark.line + 1;
  node.column = mark.column + 1;
  node.weight = 1;
  ++weight_;
  if (anchor > 0) {
    if (anchors_.size() < anchor) anchors_.resize(anchor);
    anchors_[anchor - 1] = &node;
  }
  attach(node);
  return node;
}

void YamlBuilder::open(YamlNode::Type type, const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode& node = add(type, mark, anchor);
  node.weight = 0;
  open_.push_back(&node);
  opened_at_.push_back(weight_);
}

void YamlBuilder::close() {
  if (open_.empty()) return;
  open_.back()->weight = weight_ - opened_at_.back() + 1;
  open_.pop_back();
  opened_at_.pop_back();
}

void YamlBuilder::attach(YamlNode& node) {
  if (!open_.empty()) {
    open_.back()->children.push_back(&node);
  } else if (root_ == nullptr) {
    root_ = &node;
  }
}

}  // namespace wayside
