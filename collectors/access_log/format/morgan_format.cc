#include "collectors/access_log/format/morgan_format.h"

#include <algorithm>
#include <array>

#include "collectors/access_log/format/format_text.h"
#include "collectors/access_log/format/header_name.h"

namespace wayside {
namespace {

struct Token {
  std::string_view name, alias;
  Variable variable;
};

constexpr Token kTokens[] = {
    {"method", "request_method", {"", Part::method, Field::method, 3}},
    {"url", "request_uri", {"", Part::target, Field::target, 3}},
    {"status", "status", {"", Part::status, Field::status, 1}},
    {"response-time", "", {"", Part::total, Field::total_millis, 1}},
    {"total-time", "", {"", Part::total, Field::total_millis, 2}},
    {"remote-addr", "remote_addr", {"", Part::client, Field::client, 4}},
    {"remote-user", "remote_user", {}},
    {"referrer", "http_referer", {}},
    {"user-agent", "http_user_agent", {"", Part::user_agent, Field::user_agent, 1}},
    {"id", "", {"", Part::request_id, Field::request_id, 1}},
};

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-';
}

// :date[clf], :date[iso], and :date[web], which is that without an argument, too.
void take_date(std::string_view argument, Slot& slot) {
  if (argument == "clf") {
    slot.variable = {"", Part::time, Field::time_local, 1};
  } else if (argument == "iso") {
    slot.variable = {"", Part::time, Field::time_iso8601, 2};
  } else {
    slot.variable = {"", Part::time, Field::time_pattern, 1};
    slot.time = "%a, %d %b %Y %H:%M:%S %Z";
  }
}

void take_meaning(std::string_view name, std::string_view argument, Slot& slot) {
  if (name == "date") return take_date(argument, slot);
  if (name == "req") slot.alias = header_variable("http_", argument);
  if (name == "res") slot.alias = header_variable("sent_http_", argument);
  if (!slot.alias.empty()) slot.variable = find_variable(slot.alias);
  if (slot.alias == "sent_http_content_length") {
    slot.variable = {"", Part::bytes, Field::bytes, 1};
  }
  for (const Token& token : kTokens) {
    if (token.name != name) continue;
    slot.alias = token.alias;
    slot.variable = token.variable;
  }
}

// Reads `:token[argument]` at `i`, which is moved behind it. A colon that begins none, as morgan
// has it of two characters at least, is a literal.
void read_token(const FormatText& format, std::size_t& i, FormatParts& parts) {
  const std::string_view text = format.text;
  std::size_t end = i + 1;
  while (end < text.size() && is_word_char(text[end])) ++end;
  const std::string_view name = text.substr(i + 1, end - i - 1);
  if (name.size() < 2) {
    parts.tail().push_back(text[i++]);
    return;
  }
  std::string_view argument;
  const std::size_t close = text.find(']', end);
  if (end < text.size() && text[end] == '[' && close != std::string_view::npos && close > end + 1) {
    argument = text.substr(end + 1, close - end - 1);
    end = close + 1;
  }
  Slot slot;
  slot.place = format.place(i);
  slot.name = text.substr(i, end - i);
  take_meaning(name, argument, slot);
  parts.slots.push_back(std::move(slot));
  i = end;
}

}  // namespace

bool is_morgan_format(std::string_view text) {
  constexpr std::array<std::string_view, 3> kNeeded = {":method", ":url", ":status"};
  return std::any_of(kNeeded.begin(), kNeeded.end(), [text](std::string_view token) {
    return text.find(token) != std::string_view::npos;
  });
}

Result<FormatParts> split_morgan_format(std::string_view given) {
  auto text = read_directive_text(given, "morgan");
  if (!text) return text.error().in("morgan");
  FormatParts parts;
  parts.text = text->text;
  parts.escaping = Escaping::none;
  parts.coloured = true;
  for (std::size_t i = 0; i < text->text.size();) {
    const char c = text->text[i];
    if (c == ':') {
      read_token(*text, i, parts);
    } else if (c == '\n' || c == '\r' || c == '\0') {
      return at_place(text->place(i), "a line break within the format").in("morgan");
    } else {
      parts.tail().push_back(c);
      ++i;
    }
  }
  return parts;
}

}  // namespace wayside
