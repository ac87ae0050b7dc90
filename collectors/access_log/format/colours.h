#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/line_format.h"

namespace wayside {

// Takes a terminal's colours out of a text: "\x1b[32m" and other SGR sequences (ECMA-48, 8.3.117).
// `out` has room for `text.size()` bytes; returns the bytes written.
std::size_t strip_colours(std::string_view text, char* out);

// Reads lines that may have colours by a parser that knows none. Blocks without any are read where
// they are. One thread.
class ColourlessParser final : public LineParser {
 public:
  explicit ColourlessParser(std::unique_ptr<LineParser> parser) : parser_(std::move(parser)) {}

  void parse(std::string_view block, RequestSink& sink, ParseCounts& counts) override;

 private:
  std::unique_ptr<LineParser> parser_;
  std::vector<char> plain_;  // grows to the largest block that had colours
};

}  // namespace wayside
