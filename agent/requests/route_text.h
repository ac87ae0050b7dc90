#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "agent/requests/path_bits.h"
#include "agent/requests/segment.h"

namespace wayside {

inline constexpr std::size_t kMaxTemplate = 200;  // bytes
inline constexpr std::size_t kMaxSegments = 16;   // of a template, `:rest` included

// A template while it is written; on the stack, reused. A segment that does not fit, and all
// after it, become `:rest`.
class TemplateBuffer {
 public:
  void clear() { size_ = segments_ = 0; }
  // False where nothing more may follow. `last`: no segment comes after this one.
  bool append(std::string_view segment, bool last);
  // Takes the plain segments at the front of [at, end): words of small letters and numbers, which
  // is most of most paths. Yields where another one begins, or the end of the path. kPathWindow
  // bytes behind `end` are readable.
  const char* take_plain(const char* at, const char* end);
  [[nodiscard]] std::string_view view() const {
    return size_ == 0 ? std::string_view("/") : std::string_view(text_.data(), size_);
  }

 private:
  struct Taken {
    const char* at;
    bool more;
  };
  Taken take_window(const char* at, const char* end);

  std::array<char, kMaxTemplate + kMaxSegment + 8> text_;
  std::size_t size_ = 0;
  std::size_t segments_ = 0;
};

// The path's part of a request target, still with its query: "http://host/a?b" gives "/a?b".
// Empty where the target has none ("*", "host:443", garbage).
std::string_view origin_form(std::string_view target);

// One segment of a path, found from a position in it.
struct PathSegment {
  std::string_view text;      // as sent, without `;parameters`
  std::uint16_t classes = 0;  // of chars, where the text is at most kMaxSegment long
};

// Walks the segments of a path up to its query or fragment; empty ones are passed over.
class PathWalk {
 public:
  explicit PathWalk(std::string_view path) : at_(path.data()), end_(at_ + path.size()) {
    skip_slashes();
  }
  [[nodiscard]] bool done() const { return at_ == end_ || *at_ == '?' || *at_ == '#'; }
  PathSegment next();
  // See TemplateBuffer::take_plain.
  void take_plain(TemplateBuffer& out) { at_ = out.take_plain(at_, end_); }

 private:
  void skip_slashes() {
    while (at_ != end_ && *at_ == '/') ++at_;
  }
  const char* at_;
  const char* end_;
};

// Decodes percent-escapes (RFC 3986, 2.1) into `out`. False where one is broken or the text
// does not fit.
bool decode_segment(std::string_view segment, std::array<char, kMaxSegment>& out,
                    std::string_view& decoded);

// What a segment becomes in a template: a placeholder, or the word it is; a decoded one lies in
// `scratch`.
std::string_view template_segment(const PathSegment& segment,
                                  std::array<char, kMaxSegment>& scratch);

// The template of a path by the rules for ids alone: ASCII, no query, no doubled or trailing
// slash. Empty where the target has no path. A template's template is itself. The text lies in
// `out`. `padded`: kPathWindow bytes behind the target are readable, which makes it faster.
std::string_view path_template(std::string_view target, TemplateBuffer& out, bool padded = false);

}  // namespace wayside
