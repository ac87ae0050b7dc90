#include "collectors/access_log/format/haproxy_format.h"

#include <algorithm>
#include <array>

#include "collectors/access_log/format/format_text.h"
#include "collectors/access_log/format/line_prefix.h"

namespace wayside {
namespace {

constexpr std::string_view kDirective = "log-format";
constexpr std::string_view kFineTime = "%d/%b/%Y:%H:%M:%S.%L";

struct Meaning {
  std::string_view name, alias;
  Variable variable;
  bool text = false;  // what {+Q} puts in quotes
};

constexpr Meaning kMeanings[] = {
    {"ci", "remote_addr", {"", Part::client, Field::client, 4}},
    {"tr", "", {"", Part::time, Field::time_pattern, 4}},
    {"t", "", {"", Part::time, Field::time_pattern, 3}},
    {"trg", "", {"", Part::time, Field::time_local, 2}},
    {"trl", "", {"", Part::time, Field::time_local, 2}},
    {"T", "", {"", Part::time, Field::time_local, 1}},
    {"Tl", "", {"", Part::time, Field::time_local, 1}},
    {"f", "", {}, true},
    {"ft", "", {}, true},
    {"b", "", {}, true},
    {"s", "upstream_addr", {"", Part::upstream_address, Field::proxy_server, 1}, true},
    {"Tc", "", {"", Part::connect, Field::connect_millis, 1}},
    {"Tr", "", {"", Part::response, Field::response_millis, 1}},
    {"Ta", "", {"", Part::total, Field::total_millis, 3}},
    {"Tt", "", {"", Part::total, Field::total_millis, 2}},
    {"Tu", "", {"", Part::total, Field::total_millis, 1}},
    {"ST", "status", {"", Part::status, Field::status, 1}},
    {"B", "bytes_sent", {"", Part::bytes, Field::proxy_bytes, 1}},
    {"CC", "", {}, true},
    {"CS", "", {}, true},
    {"hr", "", {}, true},
    {"hs", "", {}, true},
    {"r", "request", {"", Part::both, Field::request, 2}, true},
    {"HM", "request_method", {"", Part::method, Field::method, 3}, true},
    {"HU", "request_uri", {"", Part::target, Field::target, 3}, true},
    {"HP", "uri", {"", Part::target, Field::target, 2}, true},
    {"HPO", "uri", {"", Part::target, Field::target, 1}, true},
    {"HQ", "args", {}, true},
    {"HV", "", {}, true},
    {"ID", "request_id", {"", Part::request_id, Field::request_id, 1}, true},
};

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// Captured headers, which leave nothing, not even a space, where none are captured.
bool is_capture(const Slot& slot) {
  constexpr std::array<std::string_view, 4> kCaptures = {"%hr", "%hs", "%hrl", "%hsl"};
  return std::find(kCaptures.begin(), kCaptures.end(), slot.name) != kCaptures.end();
}

class Splitter {
 public:
  explicit Splitter(const FormatText& format) : format_(format), text_(format.text) {
    parts_.text = format.text;
    parts_.escaping = Escaping::hash;
    parts_.prefix = Field::syslog_prefix;
    parts_.tells_other = is_haproxy_notice;
    parts_.ending = {.begun = true, .proxied = true, .who = nullptr};
  }

  Result<FormatParts> split() {
    while (i_ < text_.size()) {
      const char c = text_[i_];
      if (text_.substr(i_, 2) == "%%" || text_.substr(i_, 2) == "\\ ") {
        add_literal(text_[i_ + 1]);
        i_ += 2;
      } else if (c == '%') {
        if (auto read = read_variable(); !read) return read.error();
      } else if (c == '\n' || c == '\r' || c == '\0') {
        return at_place(format_.place(i_), "a line break within the format");
      } else {
        add_literal(c);
        ++i_;
      }
    }
    return finish();
  }

 private:
  // HAProxy writes no two spaces of its own, and none in front.
  void add_literal(char c) {
    std::string& tail = parts_.tail();
    const bool in_front = parts_.slots.empty() && tail.empty();
    if (c == ' ' && (in_front || tail.ends_with(' '))) return;
    tail.push_back(c);
  }

  Result<void> read_variable() {
    Slot slot;
    slot.place = format_.place(i_++);
    bool quoted = quoted_;
    if (i_ < text_.size() && text_[i_] == '{') {
      const std::size_t close = text_.find('}', i_);
      if (close == std::string_view::npos) return at_place(slot.place, "this '{' is never closed");
      const std::string_view flags = text_.substr(i_, close - i_);
      if (flags.find("+Q") != std::string_view::npos) quoted = true;
      if (flags.find("-Q") != std::string_view::npos) quoted = false;
      i_ = close + 1;
    }
    if (i_ < text_.size() && text_[i_] == '[') return read_expression(std::move(slot), quoted);
    std::size_t end = i_;
    while (end < text_.size() && is_name_char(text_[end])) ++end;
    if (end == i_) return at_place(slot.place, "a variable's name must follow the '%'");
    slot.name = "%" + std::string(text_.substr(i_, end - i_));
    i_ = end;
    if (slot.name == "%o") {
      quoted_ = quoted;
      return {};
    }
    add(std::move(slot), quoted);
    return {};
  }

  // "%[capture.req.hdr(0)]": brackets and parentheses may stand within.
  Result<void> read_expression(Slot slot, bool quoted) {
    std::size_t end = i_;
    int depth = 0;
    for (; end < text_.size(); ++end) {
      depth += text_[end] == '[' ? 1 : text_[end] == ']' ? -1 : 0;
      if (depth == 0) break;
    }
    if (end == text_.size()) return at_place(slot.place, "this '[' is never closed");
    slot.name = text_.substr(i_, end + 1 - i_);
    i_ = end + 1;
    enclose(std::move(slot), quoted);
    return {};
  }

  void add(Slot slot, bool quoted) {
    bool text = false;
    for (const Meaning& meaning : kMeanings) {
      if (slot.name.substr(1) != meaning.name) continue;
      slot.alias = meaning.alias;
      slot.variable = meaning.variable;
      text = meaning.text;
    }
    if (slot.variable.field == Field::time_pattern) slot.time = kFineTime;
    if (slot.name == "%ci" && text_.substr(i_, 4) == ":%cp") {
      slot.variable.field = Field::client_port;
      i_ += 4;
    }
    enclose(std::move(slot), quoted && text);
  }

  void enclose(Slot slot, bool quoted) {
    if (quoted) {
      parts_.tail().push_back('"');
      slot.literal = "\"";
    }
    parts_.slots.push_back(std::move(slot));
  }

  // Captures take the space behind them along.
  FormatParts finish() {
    auto& slots = parts_.slots;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (!is_capture(slots[i])) continue;
      std::string& before = i == 0 ? parts_.lead : slots[i - 1].literal;
      const bool spaced = before.empty() || before.back() == ' ';
      const bool more = i + 1 < slots.size() && is_capture(slots[i + 1]);
      std::string& behind = slots[i].literal;
      // A space that alone tells where the next value begins has to stay.
      if (spaced && behind.starts_with(' ') && (more || behind.size() > 1)) behind.erase(0, 1);
    }
    let_captures_miss(slots);
    return std::move(parts_);
  }

  // Where captures end a line, nothing may stand behind the value before them.
  static void let_captures_miss(std::vector<Slot>& slots) {
    std::size_t first = slots.size();
    while (first > 0 && is_capture(slots[first - 1])) --first;
    if (first == 0 || first == slots.size()) return;
    Slot& before = slots[first - 1];
    const bool more = before.literal.size() > 1 || before.variable.part == Part::none;
    if (more && before.literal.ends_with(' ')) before.literal.pop_back();
  }

  const FormatText& format_;
  std::string_view text_;
  std::size_t i_ = 0;
  bool quoted_ = false;
  FormatParts parts_;
};

}  // namespace

bool is_haproxy_format(std::string_view text) {
  constexpr std::array<std::string_view, 9> kSigns = {"%ci", "%ST", "%{+", "%{-", "%[",
                                                      "%HM", "%Ta", "%Tt", "%tr"};
  return std::any_of(kSigns.begin(), kSigns.end(), [text](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

Result<FormatParts> split_haproxy_format(std::string_view given) {
  auto text = read_directive_text(given, kDirective);
  if (!text) return text.error().in(kDirective);
  auto parts = Splitter(*text).split();
  if (!parts) return parts.error().in(kDirective);
  return parts;
}

}  // namespace wayside
