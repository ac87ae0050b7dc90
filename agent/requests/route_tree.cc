#include "agent/requests/route_tree.h"

#include <array>

#include "agent/requests/char_class.h"

namespace wayside {

RouteTree::RouteTree(std::span<const std::string> templates)
    : templates_(templates.begin(), templates.end()), nodes_(1) {
  for (std::uint32_t i = 0; i < templates_.size(); ++i) add(i);
}

void RouteTree::add(std::uint32_t route) {
  std::uint32_t node = 0;
  PathWalk walk(templates_[route]);
  while (!walk.done()) {
    const std::string_view segment = walk.next().text;
    if (segment == placeholder(SegmentKind::rest)) {
      if (nodes_[node].rest == kNone) nodes_[node].rest = route;
      return;
    }
    node = child(node, segment);
  }
  if (nodes_[node].route == kNone) nodes_[node].route = route;
}

std::uint32_t RouteTree::child(std::uint32_t node, std::string_view segment) {
  const auto next = static_cast<std::uint32_t>(nodes_.size());
  if (segment.front() == ':') {
    if (nodes_[node].placeholder != kNone) return nodes_[node].placeholder;
    nodes_[node].placeholder = next;
  } else {
    for (const auto& [word, at] : nodes_[node].words) {
      if (word == segment) return at;
    }
    nodes_[node].words.emplace_back(segment, next);
  }
  nodes_.emplace_back();
  return next;
}

std::string_view RouteTree::find(std::string_view path) const {
  const std::uint32_t route = match(0, PathWalk(path));
  return route == kNone ? std::string_view{} : std::string_view{templates_[route]};
}

// Visits each node at most once: a node's depth is its place in the path.
std::uint32_t RouteTree::match(std::uint32_t at, PathWalk walk) const {
  const Node& node = nodes_[at];
  PathSegment segment;
  while (segment.text.empty()) {  // one that has nothing but parameters is none
    if (walk.done()) return node.route != kNone ? node.route : node.rest;
    segment = walk.next();
  }
  for (const std::uint32_t next : {word(node, segment), node.placeholder}) {
    const std::uint32_t found = next == kNone ? kNone : match(next, walk);
    if (found != kNone) return found;
  }
  return node.rest;
}

// The node behind the literal that equals the segment, decoded where that is possible.
std::uint32_t RouteTree::word(const Node& node, const PathSegment& segment) {
  if (node.words.empty()) return kNone;
  std::array<char, kMaxSegment> scratch;
  std::string_view text = segment.text;
  if ((segment.classes & chars::kPercent) != 0) (void)decode_segment(segment.text, scratch, text);
  for (const auto& [literal, next] : node.words) {
    if (literal == text) return next;
  }
  return kNone;
}

}  // namespace wayside
