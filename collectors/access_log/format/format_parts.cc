#include "collectors/access_log/format/format_parts.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace wayside {
namespace {

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
      right.alias == "is_args" || right.alias == "args" || right.alias == "query_string";
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
      return at_place(slot.place, left.name + " and " + slot.name +
                                      " stand side by side: nothing tells where one ends");
    }
    left.name = slot.name;
    left.alias = slot.alias;
    left.literal = std::move(slot.literal);
  }
  return joined;
}

// Variables that hold several values, separated by ", " or " : ".
bool is_list(std::string_view name) {
  return name.starts_with("upstream_") || name == "http_x_forwarded_for" ||
         name == "proxy_add_x_forwarded_for";
}

FormatStep make_step(const Slot& slot, bool last, Escaping escaping) {
  const bool escaped = escaping == Escaping::backslash || escaping == Escaping::quote;
  FormatStep step;
  step.field = slot.field;
  step.last = last;
  step.literal = slot.literal;
  if (last) step.literal.push_back('\n');
  step.first = step.literal.front();
  step.quoted = escaped && step.first == '"';
  step.list = is_list(slot.alias) && step.first == ' ' && !step.literal.starts_with(" :");
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

char lower(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

// "X-Tenant" and "x_tenant" are one name, and so are "$host" and "host".
bool same_name(std::string_view a, std::string_view b) {
  constexpr std::string_view kSigns = "$%:";
  while (!a.empty() && kSigns.find(a.front()) != std::string_view::npos) a.remove_prefix(1);
  while (!b.empty() && kSigns.find(b.front()) != std::string_view::npos) b.remove_prefix(1);
  const auto plain = [](char c) { return c == '-' ? '_' : lower(c); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [plain](char x, char y) { return plain(x) == plain(y); });
}

void find_who(std::vector<Slot>& slots, const std::string& who) {
  if (who.empty()) return;
  const auto found = std::find_if(slots.begin(), slots.end(), [&who](const Slot& slot) {
    return same_name(slot.name, who) || same_name(slot.alias, who);
  });
  if (found != slots.end()) found->who = true;
}

std::string_view Request::*member_of(Field field) {
  switch (field) {
    case Field::client:
    case Field::client_port:
      return &Request::client;
    case Field::host:
      return &Request::host;
    case Field::request_id:
      return &Request::request_id;
    case Field::trace_id:
    case Field::traceparent:
      return &Request::trace_id;
    case Field::cache_status:
      return &Request::cache_status;
    case Field::user_agent:
      return &Request::user_agent;
    default:
      return nullptr;
  }
}

// A value that tells of nothing else is read for its own sake; another one is copied at the end.
Result<void> choose_who(std::vector<Slot>& slots, Ending& ending) {
  for (Slot& slot : slots) {
    if (!slot.who) continue;
    if (slot.field == Field::skip) {
      slot.field = Field::who;
    } else if (const auto member = member_of(slot.field)) {
      ending.who = member;
    } else {
      return at_place(slot.place, slot.name + " tells of the request itself, not of who sent it");
    }
  }
  return {};
}

bool tells_duration(Field field) {
  constexpr std::array kFields = {Field::total, Field::total_millis, Field::total_micros,
                                  Field::upstream_time, Field::response_millis};
  return std::find(kFields.begin(), kFields.end(), field) != kFields.end();
}

}  // namespace

Error at_place(std::uint32_t place, const std::string& what) {
  return Error{"character " + std::to_string(place) + ": " + what};
}

Result<LogFormat> compile_parts(FormatParts parts, const FormatOptions& options) {
  for (Slot& slot : parts.slots) {
    if (slot.variable.part == Part::user_agent && !options.user_agent) slot.variable = {};
  }
  if (tells_nothing(parts.slots)) {
    return Error{"log format: it has no variable that tells of a request, such as $status"};
  }
  choose_fields(parts.slots);
  find_who(parts.slots, options.who);
  if (auto chosen = choose_who(parts.slots, parts.ending); !chosen) {
    return chosen.error().in("log format");
  }
  auto slots = join_adjacent(std::move(parts.slots));
  if (!slots) return slots.error().in("log format");

  LogFormat format;
  format.text_ = std::move(parts.text);
  (parts.prefix == Field::skip ? format.lead_ : format.behind_prefix_) = std::move(parts.lead);
  format.escaping_ = parts.escaping;
  format.prefix_ = parts.prefix;
  format.ending_ = parts.ending;
  format.tells_other_ = parts.tells_other;
  format.coloured_ = parts.coloured;
  for (std::size_t i = 0; i < slots->size(); ++i) {
    const Slot& slot = (*slots)[i];
    format.steps_.push_back(make_step(slot, i + 1 == slots->size(), format.escaping_));
    if (tells_duration(slot.field)) format.has_duration_ = true;
    if (slot.who) format.names_who_ = true;
    if (slot.field == Field::time_pattern) format.time_ = TimePattern::compile(slot.time);
  }
  return format;
}

}  // namespace wayside
