#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/requests/route_text.h"

namespace wayside {

// The segments of one path, decoded where that is possible. One more than a template can have is
// kept, which tells that there are more.
class PathSegments {
 public:
  explicit PathSegments(std::string_view path);
  [[nodiscard]] std::span<const std::string_view> all() const { return {texts_.data(), count_}; }

 private:
  std::array<std::string_view, kMaxSegments + 1> texts_;
  std::array<std::array<char, kMaxSegment>, kMaxSegments + 1> decoded_;
  std::size_t count_ = 0;
};

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
  [[nodiscard]] std::uint32_t match(std::uint32_t node,
                                    std::span<const std::string_view> segments) const;

  std::vector<std::string> templates_;
  std::vector<Node> nodes_;
};

}  // namespace wayside
