#include "collectors/access_log/format/gunicorn_format.h"

#include "collectors/access_log/format/format_text.h"
#include "collectors/access_log/format/header_name.h"
#include "collectors/access_log/format/line_prefix.h"

namespace wayside {
namespace {

constexpr std::string_view kSetting = "access_log_format";

struct Atom {
  std::string_view name, alias;
  Variable variable;
};

constexpr Atom kAtoms[] = {
    {"h", "remote_addr", {"", Part::client, Field::client, 4}},
    {"u", "remote_user", {}},
    {"r", "request", {"", Part::both, Field::request, 2}},
    {"m", "request_method", {"", Part::method, Field::method, 3}},
    {"U", "uri", {"", Part::target, Field::target, 1}},
    {"q", "args", {}},
    {"s", "status", {"", Part::status, Field::status, 1}},
    {"b", "body_bytes_sent", {"", Part::bytes, Field::bytes, 1}},
    {"B", "body_bytes_sent", {"", Part::bytes, Field::bytes, 1}},
    {"f", "http_referer", {}},
    {"a", "http_user_agent", {"", Part::user_agent, Field::user_agent, 1}},
    {"T", "", {"", Part::total, Field::total, 1}},
    {"M", "", {"", Part::total, Field::total_millis, 2}},
    {"L", "", {"", Part::total, Field::total, 3}},
    {"D", "", {"", Part::total, Field::total_micros, 4}},
};

void take_meaning(std::string_view atom, Slot& slot) {
  if (atom.starts_with('{')) {
    const std::size_t end = atom.find('}');
    const std::string_view name = atom.substr(1, end - 1);
    if (atom.ends_with("}i")) slot.alias = header_variable("http_", name);
    if (atom.ends_with("}o")) slot.alias = header_variable("sent_http_", name);
    if (!slot.alias.empty()) slot.variable = find_variable(slot.alias);
    return;
  }
  for (const Atom& known : kAtoms) {
    if (known.name != atom) continue;
    slot.alias = known.alias;
    slot.variable = known.variable;
  }
}

// Reads `%(atom)s` at `i`, which is moved behind it.
Result<void> read_atom(const FormatText& format, std::size_t& i, FormatParts& parts) {
  const std::string_view text = format.text;
  const std::size_t close = text.find(')', i);
  if (text.substr(i, 2) != "%(" || close == std::string_view::npos || close + 1 == text.size()) {
    return at_place(format.place(i), "a '%' begins %(atom)s");
  }
  Slot slot;
  slot.place = format.place(i);
  slot.name = text.substr(i, close + 2 - i);
  const std::string_view atom = text.substr(i + 2, close - i - 2);
  i = close + 2;
  if (atom == "t") {
    parts.tail().push_back('[');
    slot.variable = {"", Part::time, Field::time_local, 1};
    slot.literal = "]";
  } else {
    take_meaning(atom, slot);
  }
  parts.slots.push_back(std::move(slot));
  return {};
}

}  // namespace

bool is_gunicorn_format(std::string_view text) {
  return text.find("%(") != std::string_view::npos;
}

Result<FormatParts> split_gunicorn_format(std::string_view given) {
  auto text = read_directive_text(given, kSetting);
  if (!text) return text.error().in(kSetting);
  FormatParts parts;
  parts.text = text->text;
  parts.escaping = Escaping::quote;
  parts.prefix = Field::logger_prefix;
  parts.tells_other = has_logger_prefix;
  for (std::size_t i = 0; i < text->text.size();) {
    const char c = text->text[i];
    if (std::string_view(text->text).substr(i, 2) == "%%") {
      parts.tail().push_back('%');
      i += 2;
    } else if (c == '%') {
      if (auto read = read_atom(*text, i, parts); !read) return read.error().in(kSetting);
    } else if (c == '\n' || c == '\r' || c == '\0') {
      return at_place(text->place(i), "a line break within the format").in(kSetting);
    } else {
      parts.tail().push_back(c);
      ++i;
    }
  }
  return parts;
}

}  // namespace wayside
