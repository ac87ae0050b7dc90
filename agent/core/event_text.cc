#include "agent/core/event_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "agent/core/labels.h"

namespace wayside {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 4> kFixed = {"time", "level", "event", "message"};

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_member(std::string& out, std::string_view key, const Json& value) {
  out += out.empty() ? '{' : ',';
  out += dump(Json(key));
  out += ':';
  out += dump(value);
}

std::string_view colour_of(Level level) {
  switch (level) {
    case Level::debug:
      return "\x1b[2m";
    case Level::info:
      return "\x1b[32m";
    case Level::warn:
      return "\x1b[33m";
    case Level::error:
      break;
  }
  return "\x1b[31m";
}

// The code point of the well-formed sequence at the front of `text`, and its length.
std::pair<char32_t, std::size_t> decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t told = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const std::size_t size = std::min(told, text.size());
  char32_t code = told == 1 ? first : first & (0xffU >> (told + 1));
  for (std::size_t i = 1; i < size; ++i) code = (code << 6) | (byte(i) & 0x3fU);
  return {code, size};
}

bool commands_terminal(char32_t code) {
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

void append_escape(std::string& out, char32_t code) {
  if (code == '\n') {
    out += "\\n";
  } else if (code == '\r') {
    out += "\\r";
  } else if (code == '\t') {
    out += "\\t";
  } else if (code < 0x100) {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(code));
  } else {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code));
  }
}

// As it is where a person sees its ends, in quotes where not.
void append_string(std::string& out, const std::string& text) {
  if (!text.empty() && text.find_first_of(" \"\\={}[]") == std::string::npos) {
    out += escape_for_terminal(text);
    return;
  }
  out += '"';
  for (const char c : escape_for_terminal(text)) {
    if (c == '"') out += '\\';
    out += c;
  }
  out += '"';
}

void append_value(std::string& out, const Json& value);

void append_members(std::string& out, const Json& object) {
  bool first = true;
  for (const auto& [key, value] : object.items()) {
    if (!std::exchange(first, false)) out += ' ';
    append_string(out, key);
    out += '=';
    append_value(out, value);
  }
}

void append_elements(std::string& out, const Json& array) {
  bool first = true;
  for (const auto& value : array) {
    if (!std::exchange(first, false)) out += ' ';
    append_value(out, value);
  }
}

void append_value(std::string& out, const Json& value) {
  if (value.is_object()) {
    out += '{';
    append_members(out, value);
    out += '}';
  } else if (value.is_array()) {
    out += '[';
    append_elements(out, value);
    out += ']';
  } else if (value.is_string()) {
    append_string(out, value.get_ref<const std::string&>());
  } else if (value.is_number_float()) {
    fmt::format_to(std::back_inserter(out), "{:.6g}", value.get<double>());
  } else {
    out += dump(value);
  }
}

}  // namespace

std::string json_line(const Event& event) {
  std::string out;
  append_member(out, "time", to_rfc3339(event.at));
  append_member(out, "level", Json(to_string(event.level)));
  if (!event.name.empty()) append_member(out, "event", event.name);
  append_member(out, "message", event.message);
  if (event.fields.is_object()) {
    for (const auto& [key, value] : event.fields.items()) {
      if (std::ranges::find(kFixed, key) == kFixed.end()) append_member(out, key, value);
    }
  }
  return out + "}\n";
}

std::string text_line(const Event& event, bool colour) {
  std::string out = fmt::format("{} {}{:<5}{} {}", to_rfc3339(event.at),
                                colour ? colour_of(event.level) : "", to_string(event.level),
                                colour ? "\x1b[0m" : "", escape_for_terminal(event.message));
  if (!event.name.empty()) {
    out += " event=";
    append_string(out, event.name);
  }
  if (event.fields.is_object() && !event.fields.empty()) {
    out += ' ';
    append_members(out, event.fields);
  }
  return out + '\n';
}

std::string escape_for_terminal(std::string_view text) {
  const std::string mended = mend_utf8(text);
  std::string out;
  out.reserve(mended.size());
  for (std::string_view rest = mended; !rest.empty();) {
    const auto [code, size] = decode(rest);
    if (code == '\\') {
      out += "\\\\";
    } else if (commands_terminal(code)) {
      append_escape(out, code);
    } else {
      out += rest.substr(0, size);
    }
    rest.remove_prefix(size);
  }
  return out;
}

}  // namespace wayside
