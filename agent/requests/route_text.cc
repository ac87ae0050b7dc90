#include "agent/requests/route_text.h"

#include <algorithm>
#include <cstring>

#include "agent/requests/char_class.h"

namespace wayside {
namespace {

using namespace chars;

constexpr std::string_view kRest = ":rest";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string_view template_of_escaped(std::string_view segment,
                                     std::array<char, kMaxSegment>& scratch) {
  std::string_view decoded;
  if (!decode_segment(segment, scratch, decoded) || decoded.empty()) {
    return placeholder(SegmentKind::name);
  }
  const SegmentKind kind = classify_segment(decoded);
  return kind == SegmentKind::word ? decoded : placeholder(kind);
}

}  // namespace

bool TemplateBuffer::append(std::string_view segment, bool last) {
  const bool full = segments_ + 1 == kMaxSegments && !last;
  const bool too_long = size_ + segment.size() + 1 > kMaxTemplate - kRest.size() - 1;
  if (full || too_long || segment.size() > kMaxSegment) segment = kRest;
  text_[size_] = '/';
  std::memcpy(text_.data() + size_ + 1, segment.data(), segment.size());
  size_ += segment.size() + 1;
  ++segments_;
  return segment != kRest && segments_ < kMaxSegments;
}

std::string_view origin_form(std::string_view target) {
  if (target.empty() || target.front() == '/') return target;
  const std::size_t scheme = target.substr(0, 16).find("://");
  if (scheme == std::string_view::npos || scheme == 0) return {};
  const std::size_t path = target.find_first_of("/?#", scheme + 3);
  if (path == std::string_view::npos || target[path] != '/') return "/";
  return target.substr(path);
}

PathSegment PathWalk::next() {
  const char* const begin = at_;
  const char* const limit =
      end_ - at_ > static_cast<std::ptrdiff_t>(kMaxSegment) ? at_ + kMaxSegment + 1 : end_;
  std::uint16_t classes = 0;
  for (; at_ != limit; ++at_) {
    const std::uint16_t bits = of(*at_);
    if ((bits & kStop) != 0) break;
    classes |= bits;
  }
  if (at_ == limit) at_ = std::find_if(at_, end_, [](char c) { return (of(c) & kStop) != 0; });
  const PathSegment segment{{begin, static_cast<std::size_t>(at_ - begin)}, classes};
  if (at_ != end_ && *at_ == ';') {
    at_ = std::find_if(at_, end_, [](char c) { return c == '/' || c == '?' || c == '#'; });
  }
  skip_slashes();
  return segment;
}

bool decode_segment(std::string_view segment, std::array<char, kMaxSegment>& out,
                    std::string_view& decoded) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (size == out.size()) return false;
    if (segment[i] != '%') {
      out[size++] = segment[i];
      continue;
    }
    if (i + 2 >= segment.size()) return false;
    const int high = hex_value(segment[i + 1]);
    const int low = hex_value(segment[i + 2]);
    if (high < 0 || low < 0) return false;
    out[size++] = static_cast<char>(high * 16 + low);
    i += 2;
  }
  decoded = {out.data(), size};
  return true;
}

std::string_view template_segment(const PathSegment& segment,
                                  std::array<char, kMaxSegment>& scratch) {
  if ((segment.classes & kPercent) != 0) return template_of_escaped(segment.text, scratch);
  if (segment.text.size() <= kMaxSegment) {
    if ((segment.classes & ~(kAnyLower | kDash)) == 0) return segment.text;
    if (segment.classes == kDigit && segment.text.size() != 8) return ":id";
  }
  const SegmentKind kind = classify_segment(segment.text);
  return kind == SegmentKind::word ? segment.text : placeholder(kind);
}

std::string_view path_template(std::string_view target, TemplateBuffer& out, bool padded) {
  const std::string_view path = origin_form(target);
  if (path.empty()) return {};
  out.clear();
  std::array<char, kMaxSegment> scratch;
  PathWalk walk(path);
  while (true) {
    if (padded) walk.take_plain(out);
    if (walk.done()) break;
    const PathSegment segment = walk.next();
    if (segment.text.empty()) continue;
    if (!out.append(template_segment(segment, scratch), walk.done())) break;
  }
  return out.view();
}

}  // namespace wayside
