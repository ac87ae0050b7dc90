#include "collectors/access_log/format/log_format.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "collectors/access_log/format/format_text.h"

namespace wayside {
namespace {

constexpr std::string_view kCommon =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)";
constexpr std::string_view kCombined =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
    R"("$http_referer" "$http_user_agent")";

// A variable and the literal after it.
struct Slot {
  std::string name;
  Variable variable;
  Field field = Field::skip;
  std::uint32_t place = 0;
  std::string literal;
};

struct Split {
  std::string lead;
  std::vector<Slot> slots;
};

bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

Error at(std::uint32_t place, const std::string& what) {
  return Error{"character " + std::to_string(place) + ": " + what};
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
  slot.name = text.substr(begin, end - begin);
  if (slot.name.empty()) return at(slot.place, "a variable's name must follow the '$'");
  if (braced && (end == text.size() || text[end] != '}')) {
    return at(slot.place, "the '{' of ${" + slot.name + " is never closed");
  }
  i = end + (braced ? 1 : 0);
  slot.variable = find_variable(slot.name);
  return slot;
}

Result<Split> split(const FormatText& format) {
  Split split;
  for (std::size_t i = 0; i < format.text.size();) {
    const char c = format.text[i];
    if (c == '$') {
      auto slot = read_variable(format, i);
      if (!slot) return slot.error();
      split.slots.push_back(std::move(*slot));
      continue;
    }
    if (c == '\n' || c == '\r' || c == '\0') {
      return at(format.place(i), "a line break within the format; put each piece in quotes");
    }
    (split.slots.empty() ? split.lead : split.slots.back().literal).push_back(c);
    ++i;
  }
  return split;
}

// Which slot tells of each part of a request: the one of the highest rank, the first among equals.
class Choice {
 public:
  explicit Choice(const std::vector<Slot>& slots) {
    for (std::size_t i = 0; i < slots.size(); ++i) offer(i, slots[i].variable);
  }
  [[nodiscard]] bool has(Part part, std::size_t slot) const {
    return best_[static_cast<std::size_t>(part)].slot == slot;
  }

 private:
  struct Best {
    std::size_t slot = SIZE_MAX;
    std::uint8_t rank = 0;
  };
  void offer(std::size_t slot, const Variable& variable) {
    if (variable.part == Part::none) return;
    if (variable.part == Part::both) {
      offer(slot, Part::method, variable.rank);
      offer(slot, Part::target, variable.rank);
    } else {
      offer(slot, variable.part, variable.rank);
    }
  }
  void offer(std::size_t slot, Part part, std::uint8_t rank) {
    Best& best = best_[static_cast<std::size_t>(part)];
    if (rank > best.rank) best = {slot, rank};
  }
  std::array<Best, kParts> best_;
};

void choose_fields(std::vector<Slot>& slots) {
  const Choice choice(slots);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[i];
    if (slot.variable.part != Part::both) {
      slot.field = choice.has(slot.variable.part, i) ? slot.variable.field : Field::skip;
      continue;
    }
    const bool method = choice.has(Part::method, i);
    const bool target = choice.has(Part::target, i);
    if (method && target) slot.field = Field::request;
    if (method && !target) slot.field = Field::request_method;
    if (!method && target) slot.field = Field::request_target;
  }
}

bool holds_target(Field field) {
  return field == Field::target || field == Field::host_target || field == Field::host_rest ||
         field == Field::skip_target;
}

// What two values with nothing between them are as one, where that can be told apart. A target
// begins with '/', which no host has; a query joins its path. Two that no one reads are one.
bool join(Slot& left, const Slot& right) {
  const bool query =
      right.name == "is_args" || right.name == "args" || right.name == "query_string";
  const bool skip = right.field == Field::skip;
  if (left.field == Field::skip && skip) return true;
  if (query && holds_target(left.field)) return true;
  if (right.variable.part != Part::target) return false;
  if (left.field == Field::host) {
    left.field = skip ? Field::host_rest : Field::host_target;
  } else if (left.field == Field::skip) {
    left.field = Field::skip_target;
  } else {
    return false;
  }
  return true;
}

Result<std::vector<Slot>> join_adjacent(std::vector<Slot> slots) {
  std::vector<Slot> joined;
  for (Slot& slot : slots) {
    if (joined.empty() || !joined.back().literal.empty()) {
      joined.push_back(std::move(slot));
      continue;
    }
    Slot& left = joined.back();
    if (!join(left, slot)) {
      return at(slot.place, "$" + left.name + " and $" + slot.name +
                                " stand side by side: nothing tells where one ends");
    }
    left.name = slot.name;
    left.literal = std::move(slot.literal);
  }
  return joined;
}

// Variables that hold several values, separated by ", " or " : ".
bool is_list(std::string_view name) {
  return name.starts_with("upstream_") || name == "http_x_forwarded_for" ||
         name == "proxy_add_x_forwarded_for";
}

FormatStep make_step(const Slot& slot, bool last, bool escaped) {
  FormatStep step;
  step.field = slot.field;
  step.last = last;
  step.literal = slot.literal;
  if (last) step.literal.push_back('\n');
  step.first = step.literal.front();
  step.quoted = escaped && step.first == '"';
  step.list = is_list(slot.name) && step.first == ' ' && !step.literal.starts_with(" :");
  step.size = static_cast<std::uint32_t>(step.literal.size());
  const std::size_t size = std::min<std::size_t>(8, step.literal.size());
  std::array<unsigned char, 8> mask{};
  std::fill_n(mask.begin(), size, std::uint8_t{0xFF});
  std::memcpy(&step.head, step.literal.data(), size);
  std::memcpy(&step.mask, mask.data(), mask.size());
  return step;
}

bool tells_nothing(const std::vector<Slot>& slots) {
  return std::all_of(slots.begin(), slots.end(),
                     [](const Slot& slot) { return slot.variable.part == Part::none; });
}

}  // namespace

Result<LogFormat> compile_log_format(std::string_view nginx_log_format) {
  std::string_view given = nginx_log_format;
  if (given == "common") given = kCommon;
  if (given == "combined") given = kCombined;
  auto text = read_format_text(given);
  if (!text) return text.error().in("log format");
  auto parts = split(*text);
  if (!parts) return parts.error().in("log format");
  if (tells_nothing(parts->slots)) {
    return Error{"log format: it has no variable that tells of a request, such as $status"};
  }
  choose_fields(parts->slots);
  auto slots = join_adjacent(std::move(parts->slots));
  if (!slots) return slots.error().in("log format");

  LogFormat format;
  format.text_ = text->text;
  format.lead_ = parts->lead;
  format.escaped_ = text->escaped;
  for (std::size_t i = 0; i < slots->size(); ++i) {
    const Slot& slot = (*slots)[i];
    format.steps_.push_back(make_step(slot, i + 1 == slots->size(), format.escaped_));
    if (slot.field == Field::total || slot.field == Field::upstream_time) {
      format.has_duration_ = true;
    }
  }
  return format;
}

}  // namespace wayside
