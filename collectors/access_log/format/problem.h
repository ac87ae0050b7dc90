#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// Why a line was not counted as a request.
enum class ParseProblem : std::uint8_t {
  no_match,  // its literals are not those of the format
  bad_json,  // an object that is broken, cut off, nested too deeply, or no UTF-8
  bad_status,
  bad_bytes,
  bad_time,
  bad_duration,  // negative, not a number, or beyond three years
  line_too_long  // counted by whoever cuts the lines
};
inline constexpr std::size_t kParseProblems = 7;

// A label's value: "no_match".
std::string_view to_string(ParseProblem problem);

struct ParseCounts {
  std::uint64_t lines = 0;   // requests, problems and others alike, without empty lines
  std::uint64_t others = 0;  // well-formed, and of no request: what else a service has to say
  std::array<std::uint64_t, kParseProblems> problems{};
  // The first line of each problem, where its parser tells it; a view into what was parsed.
  std::array<std::string_view, kParseProblems> examples{};

  void add(ParseProblem problem, std::string_view line) {
    const auto index = static_cast<std::size_t>(problem);
    if (problems[index]++ == 0) examples[index] = line;
  }
};

}  // namespace wayside
