#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/event.h"

namespace wayside {

// How a log looks: JSON lines for programs, text for people, or whichever fits the output.
enum class OutputFormat : std::uint8_t { automatic, json, text };
// As config files name them, in the enumerators' order.
inline constexpr std::string_view kOutputFormats[] = {"auto", "json", "text"};

// One JSON object and a newline: {"time":…,"level":…,"event":…,"message":…} and then the fields
// in their order. Never throws: ill-formed UTF-8 becomes U+FFFD. A field that bears the name of a
// fixed one is left out, as is an empty name of the event.
std::string json_line(const Event& event);

// One line for people: time, level, message and `key=value` for each field; an object is
// `key={a=1 b=2}`. Nothing in it can break the line or command the terminal. With `colour` the
// level is coloured by ECMA-48 sequences.
std::string text_line(const Event& event, bool colour);

// `text` with control characters (C0, DEL, C1), line and paragraph separators and changes of
// writing direction as escapes such as \n, \x1b and \u202e, and ill-formed UTF-8 mended.
std::string escape_for_terminal(std::string_view text);

}  // namespace wayside
