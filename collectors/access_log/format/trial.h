#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/line_format.h"

namespace wayside {

// How a format does on a file's first lines.
struct Trial {
  std::uint64_t lines = 0;
  std::uint64_t requests = 0;
  std::uint64_t others = 0;
  std::uint64_t unread = 0;
};

// The first whole lines of a text that are not empty, without their ends: at most kDetectLines of
// kDetectBytes.
std::vector<std::string_view> cut_lines(std::string_view text);

// Those of them that hold a request as access logs write it, `GET /x HTTP/1.1`; all where none
// does. A service says other things, too, and clients send what is no request.
std::vector<std::string_view> lines_with_requests(const std::vector<std::string_view>& lines);

// Reads lines, which are given without their ends, and throws away what comes of them.
Trial try_lines(LineParser& parser, const std::vector<std::string_view>& lines);

}  // namespace wayside
