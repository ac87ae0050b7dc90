#include "collectors/access_log/format/log_format.h"

#include "collectors/access_log/format/format_parts.h"
#include "collectors/access_log/format/format_text.h"
#include "collectors/access_log/format/line_prefix.h"

namespace wayside {
namespace {

constexpr std::string_view kCommon =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)";
constexpr std::string_view kCombined =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
    R"("$http_referer" "$http_user_agent")";

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Reads `$name` or `${name}` at `i`, which is moved behind it.
Result<Slot> read_variable(const FormatText& format, std::size_t& i) {
  Slot slot;
  slot.place = format.place(i);
  const std::string_view text = format.text;
  const bool braced = i + 1 < text.size() && text[i + 1] == '{';
  std::size_t end = i + (braced ? 2 : 1);
  const std::size_t begin = end;
  while (end < text.size() && is_name_char(text[end])) ++end;
  slot.alias = text.substr(begin, end - begin);
  slot.name = "$" + slot.alias;
  if (slot.alias.empty()) return at_place(slot.place, "a variable's name must follow the '$'");
  if (braced && (end == text.size() || text[end] != '}')) {
    return at_place(slot.place, "the '{' of ${" + slot.alias + " is never closed");
  }
  i = end + (braced ? 1 : 0);
  slot.variable = find_variable(slot.alias);
  return slot;
}

Result<FormatParts> split(const FormatText& format) {
  FormatParts parts;
  parts.text = format.text;
  parts.escaping = format.escaped ? Escaping::backslash : Escaping::none;
  parts.tells_other = is_server_notice;
  for (std::size_t i = 0; i < format.text.size();) {
    const char c = format.text[i];
    if (c == '$') {
      auto slot = read_variable(format, i);
      if (!slot) return slot.error();
      parts.slots.push_back(std::move(*slot));
      continue;
    }
    if (c == '\n' || c == '\r' || c == '\0') {
      return at_place(format.place(i), "a line break within the format; put each piece in quotes");
    }
    parts.tail().push_back(c);
    ++i;
  }
  return parts;
}

}  // namespace

Result<LogFormat> compile_log_format(std::string_view nginx_log_format,
                                     const FormatOptions& options) {
  std::string_view given = nginx_log_format;
  if (given == "common") given = kCommon;
  if (given == "combined") given = kCombined;
  auto text = read_format_text(given);
  if (!text) return text.error().in("log format");
  auto parts = split(*text);
  if (!parts) return parts.error().in("log format");
  return compile_parts(std::move(*parts), options);
}

}  // namespace wayside
