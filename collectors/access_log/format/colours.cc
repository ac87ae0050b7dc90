#include "collectors/access_log/format/colours.h"

#include <cstring>

#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {
namespace {

constexpr char kEscape = '\x1b';

// The size of the sequence at the front of a text that begins with kEscape; 0 where it is none.
std::size_t sequence_size(std::string_view text) {
  if (text.size() < 3 || text[1] != '[') return 0;
  std::size_t i = 2;
  while (i < text.size() && (is_digit(text[i]) || text[i] == ';')) ++i;
  return i < text.size() && text[i] == 'm' ? i + 1 : 0;
}

}  // namespace

std::size_t strip_colours(std::string_view text, char* out) {
  char* to = out;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find(kEscape), text.size());
    if (plain > 0) std::memcpy(to, text.data(), plain);
    to += plain;
    text.remove_prefix(plain);
    if (text.empty()) break;
    const std::size_t size = sequence_size(text);
    if (size == 0) *to++ = kEscape;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return static_cast<std::size_t>(to - out);
}

void ColourlessParser::parse(std::string_view block, RequestSink& sink, ParseCounts& counts) {
  if (block.find(kEscape) == std::string_view::npos) {
    parser_->parse(block, sink, counts);
    return;
  }
  if (plain_.size() < block.size() + kReadableAfterBlock) {
    plain_.resize(block.size() + kReadableAfterBlock);
  }
  const std::size_t size = strip_colours(block, plain_.data());
  parser_->parse({plain_.data(), size}, sink, counts);
}

}  // namespace wayside
