#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collectors/access_log/format/line_format.h"

namespace wayside {

// Cutting blocks of whole lines, each with its '\n', into smaller ones.

// The first lines, at most `bytes` of them but at least one line.
std::string_view first_lines(std::string_view lines, std::size_t bytes);
// The first lines, at most so many and so much; none where the first is longer.
std::string_view first_lines(std::string_view lines, std::size_t count, std::size_t bytes);
// Where the second half begins; 0 where there is but one line.
std::size_t middle_of(std::string_view lines);
// How many there are, without empty ones.
std::uint64_t lines_in(std::string_view lines);

std::uint64_t problems_of(const ParseCounts& counts);
// Reads lines for what can be counted of them alone.
ParseCounts count_by(LineParser& parser, std::string_view lines);
// The lines at the beginning, or at the end, of which a parser reads none.
std::string_view unread_begin_of(std::string_view lines, LineParser& parser);
std::string_view unread_end_of(std::string_view lines, LineParser& parser);

}  // namespace wayside
