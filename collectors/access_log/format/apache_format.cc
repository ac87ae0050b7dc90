#include "collectors/access_log/format/apache_format.h"

#include <algorithm>
#include <array>
#include <optional>

#include "collectors/access_log/format/format_text.h"
#include "collectors/access_log/format/header_name.h"

namespace wayside {
namespace {

constexpr std::string_view kDirective = "LogFormat";

// A directive, taken apart: %!200,304>{Name}i.
struct Directive {
  bool original = false;  // '<': of the request before an internal redirect
  bool last = false;      // '>': of the one that was answered
  std::optional<std::string> argument;
  std::string letters;  // "s"; "FB" of "%^FB"
};

struct Meaning {
  std::string_view letters;
  std::string_view alias;
  Variable variable;
};

constexpr Meaning kMeanings[] = {
    {"h", "remote_addr", {"", Part::client, Field::client, 4}},
    {"a", "remote_addr", {"", Part::client, Field::client, 5}},
    {"u", "remote_user", {}},
    {"r", "request", {"", Part::both, Field::request, 2}},
    {"m", "request_method", {"", Part::method, Field::method, 3}},
    {"U", "uri", {"", Part::target, Field::target, 1}},
    {"q", "args", {}},
    {"s", "status", {"", Part::status, Field::status, 2}},
    {"b", "body_bytes_sent", {"", Part::bytes, Field::bytes, 1}},
    {"B", "body_bytes_sent", {"", Part::bytes, Field::bytes, 1}},
    {"O", "bytes_sent", {"", Part::bytes, Field::bytes, 2}},
    {"D", "", {"", Part::total, Field::total_micros, 4}},
    {"T", "request_time", {"", Part::total, Field::total, 1}},
    {"v", "server_name", {"", Part::host, Field::host, 1}},
    {"V", "", {"", Part::host, Field::host, 2}},
};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Reads a directive at `i`, which stands behind the '%' and is moved behind all of it.
Result<Directive> read_directive(const FormatText& format, std::size_t& i) {
  const std::string_view text = format.text;
  const std::uint32_t place = format.place(i - 1);
  Directive directive;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{') {
      const std::size_t end = text.find('}', i);
      if (end == std::string_view::npos) return at_place(place, "this '{' is never closed");
      directive.argument = text.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '<' || c == '>') {
      (c == '<' ? directive.original : directive.last) = true;
    } else if (c != '!' && c != ',' && (c < '0' || c > '9')) {
      break;
    }
  }
  // "%^FB" and "%{Name}^ti" are the only ones of more letters.
  const std::size_t size = i < text.size() && text[i] == '^' ? 3 : 1;
  if (i + size > text.size() || !is_letter(text[i + size - 1])) {
    return at_place(place, "a directive's letter must follow the '%'");
  }
  directive.letters = text.substr(i, size);
  i += size;
  return directive;
}

// %T in another unit.
Variable duration(std::string_view unit) {
  if (unit == "us") return {"", Part::total, Field::total_micros, 3};
  if (unit == "ms") return {"", Part::total, Field::total_millis, 2};
  return {"", Part::total, Field::total, 1};
}

void take_meaning(const Directive& directive, Slot& slot) {
  const std::string_view letters = directive.letters;
  const std::string argument = directive.argument.value_or("");
  if (letters == "i") slot.alias = header_variable("http_", argument);
  if (letters == "o") slot.alias = header_variable("sent_http_", argument);
  if (letters == "C") slot.alias = header_variable("cookie_", argument);
  if (!slot.alias.empty()) {
    slot.variable = find_variable(slot.alias);
    return;
  }
  if (letters == "e" && argument == "UNIQUE_ID") {
    slot.variable = {"", Part::request_id, Field::request_id, 1};
  }
  for (const Meaning& meaning : kMeanings) {
    if (meaning.letters != letters) continue;
    slot.alias = meaning.alias;
    slot.variable = meaning.variable;
  }
  if (letters == "T") slot.variable = duration(argument);
  if (letters == "a" && argument == "c") slot.variable.rank = 3;
  if (letters == "s" && directive.original) slot.variable.rank = 1;
  if (letters == "s" && directive.last) slot.variable.rank = 3;
}

// The pattern of what stands between the braces of %{…}t.
std::string time_pattern(std::string_view argument) {
  constexpr std::array<std::array<std::string_view, 2>, 5> kNamed = {
      {{"sec", "%s"}, {"msec", "%Q"}, {"usec", "%J"}, {"msec_frac", "%L"}, {"usec_frac", "%f"}}};
  for (const auto& [name, pattern] : kNamed) {
    if (name == argument) return std::string(pattern);
  }
  return std::string(argument);
}

Variable time_variable(std::string_view pattern) {
  if (!TimePattern::compile(pattern)) return {};
  const bool fine = pattern.find("%L") != std::string_view::npos ||
                    pattern.find("%f") != std::string_view::npos ||
                    pattern.find("%Q") != std::string_view::npos ||
                    pattern.find("%J") != std::string_view::npos;
  return {"", Part::time, Field::time_pattern, static_cast<std::uint8_t>(fine ? 3 : 1)};
}

class Splitter {
 public:
  explicit Splitter(const FormatText& format) : format_(format) {
    parts_.text = format.text;
    parts_.ending.begun = true;
  }

  Result<FormatParts> split() {
    for (std::size_t i = 0; i < format_.text.size();) {
      const std::size_t at = i;
      const char c = format_.text[i++];
      if (c == '\\' && i < format_.text.size() && format_.text[i] == 't') {
        parts_.tail().push_back('\t');
        ++i;
      } else if (c == '%' && i < format_.text.size() && format_.text[i] == '%') {
        parts_.tail().push_back('%');
        ++i;
      } else if (c == '%') {
        auto directive = read_directive(format_, i);
        if (!directive) return directive.error();
        add(*directive, at, i);
      } else if (c == '\n' || c == '\r' || c == '\0') {
        return at_place(format_.place(at), "a line break within the format");
      } else {
        parts_.tail().push_back(c);
      }
    }
    return std::move(parts_);
  }

 private:
  void add(const Directive& directive, std::size_t begin, std::size_t end) {
    Slot slot;
    slot.place = format_.place(begin);
    slot.name = format_.text.substr(begin, end - begin);
    if (directive.letters != "t") {
      take_meaning(directive, slot);
      parts_.slots.push_back(std::move(slot));
    } else if (directive.argument) {
      add_time(std::move(slot), *directive.argument);
    } else {
      parts_.tail().push_back('[');
      slot.variable = {"", Part::time, Field::time_local, 2};
      slot.literal = "]";
      parts_.slots.push_back(std::move(slot));
    }
  }
  // Times that follow each other are one, such as %{%F %T}t.%{msec_frac}t.
  void add_time(Slot slot, std::string_view argument) {
    const bool end = argument.starts_with("end:");
    if (end) parts_.ending.begun = false;
    argument.remove_prefix(end ? 4 : argument.starts_with("begin:") ? 6 : 0);
    slot.time = time_pattern(argument);
    if (!parts_.slots.empty() && !parts_.slots.back().time.empty()) {
      Slot& before = parts_.slots.back();
      slot.time = before.time + before.literal + slot.time;
      slot.name = before.name + before.literal + slot.name;
      slot.place = before.place;
      parts_.slots.pop_back();
    }
    slot.variable = time_variable(slot.time);
    if (end && slot.variable.part == Part::time) slot.variable.rank = 4;
    parts_.slots.push_back(std::move(slot));
  }

  const FormatText& format_;
  FormatParts parts_;
};

}  // namespace

bool is_apache_format(std::string_view text) {
  for (std::size_t i = text.find('%'); i != std::string_view::npos; i = text.find('%', i + 1)) {
    const std::size_t end = text.find_first_not_of("!<>,0123456789", i + 1);
    if (end == std::string_view::npos) return false;
    if (text[end] == '{' || is_letter(text[end])) return true;
  }
  return false;
}

Result<FormatParts> split_apache_format(std::string_view given) {
  auto text = read_directive_text(given, kDirective);
  if (!text) return text.error().in("LogFormat");
  auto parts = Splitter(*text).split();
  if (!parts) return parts.error().in("LogFormat");
  return parts;
}

}  // namespace wayside
