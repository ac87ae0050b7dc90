#include "agent/requests/route_tree.h"

#include "agent/requests/char_class.h"

namespace wayside {

PathSegments::PathSegments(std::string_view path) {
  PathWalk walk(path);
  while (!walk.done() && count_ < texts_.size()) {
    const PathSegment segment = walk.next();
    if (segment.text.empty()) continue;
    texts_[count_] = segment.text;
    if ((segment.classes & chars::kPercent) != 0) {
      std::string_view decoded;
      if (decode_segment(segment.text, decoded_[count_], decoded)) texts_[count_] = decoded;
    }
    ++count_;
  }
}

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
  const PathSegments segments(path);
  const std::uint32_t route = match(0, segments.all());
  return route == kNone ? std::string_view{} : std::string_view(templates_[route]);
}

// Visits each node at most once: a node's depth is its place in the path.
std::uint32_t RouteTree::match(std::uint32_t at, std::span<const std::string_view> segments) const {
  const Node& node = nodes_[at];
  if (segments.empty()) return node.route != kNone ? node.route : node.rest;
  for (const auto& [word, next] : node.words) {
    if (word != segments.front()) continue;
    const std::uint32_t found = match(next, segments.subspan(1));
    if (found != kNone) return found;
    break;
  }
  if (node.placeholder != kNone) {
    const std::uint32_t found = match(node.placeholder, segments.subspan(1));
    if (found != kNone) return found;
  }
  return node.rest;
}

}  // namespace wayside
