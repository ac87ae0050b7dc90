#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/requests/route_text.h"

namespace wayside {

// Known templates, found by segments. A literal beats a placeholder and a placeholder beats
// `:rest`, from the left; a placeholder takes any one segment, `:rest` any number. Immutable
// after construction, so any thread may ask.
class RouteTree {
 public:
  // In the design's style.
  explicit RouteTree(std::span<const std::string> templates);

  [[nodiscard]] bool empty() const { return templates_.empty(); }
  // The template, which lives as long as the tree; empty where none matches.
  [[nodiscard]] std::string_view find(std::string_view path) const;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  struct Node {
    std::vector<std::pair<std::string, std::uint32_t>> words;
    std::uint32_t placeholder = kNone;  // a node
    std::uint32_t rest = kNone;         // a template
    std::uint32_t route = kNone;        // a template that ends here
  };
  void add(std::uint32_t route);
  std::uint32_t child(std::uint32_t node, std::string_view segment);
  [[nodiscard]] std::uint32_t match(std::uint32_t node, PathWalk walk) const;
  [[nodiscard]] static std::uint32_t word(const Node& node, const PathSegment& segment);

  std::vector<std::string> templates_;
  std::vector<Node> nodes_;
};

}  // namespace wayside
