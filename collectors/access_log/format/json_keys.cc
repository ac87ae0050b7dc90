#include "collectors/access_log/format/json_keys.h"

#include <array>
#include <utility>

#include "agent/requests/hash.h"
#include "collectors/access_log/format/json_key_table.h"

namespace wayside {
namespace {

constexpr std::uint8_t kConfigured = 0xFF;

constexpr std::array kFieldNames = {
    std::pair{std::string_view("bytes"), JsonField::bytes},
    std::pair{std::string_view("cache_status"), JsonField::cache_status},
    std::pair{std::string_view("client"), JsonField::client},
    std::pair{std::string_view("duration"), JsonField::duration},
    std::pair{std::string_view("host"), JsonField::host},
    std::pair{std::string_view("message"), JsonField::message},
    std::pair{std::string_view("method"), JsonField::method},
    std::pair{std::string_view("path"), JsonField::path},
    std::pair{std::string_view("request_id"), JsonField::request_id},
    std::pair{std::string_view("route"), JsonField::route},
    std::pair{std::string_view("status"), JsonField::status},
    std::pair{std::string_view("time"), JsonField::time},
    std::pair{std::string_view("trace_id"), JsonField::trace_id},
    std::pair{std::string_view("upstream_addr"), JsonField::upstream_address},
    std::pair{std::string_view("upstream_status"), JsonField::upstream_status},
    std::pair{std::string_view("upstream_time"), JsonField::upstream_time},
    std::pair{std::string_view("user_agent"), JsonField::user_agent},
    std::pair{std::string_view("who"), JsonField::who},
};

// A config's key keeps what it says of who wrote the line, and of whose request it is.
JsonKey reassigned(JsonKey key, JsonField field) {
  if (field == JsonField::who) {
    key.who = true;
    return key;
  }
  const bool same = key.field == field;
  key.field = field;
  key.rank = kConfigured;
  if (!same) key.unit = DurationUnit::unknown;
  return key;
}

constexpr std::array<std::string_view, 5> kUnitNames = {"", "s", "ms", "us", "ns"};

}  // namespace

JsonField json_field_named(std::string_view name) {
  for (const auto& [known, field] : kFieldNames) {
    if (known == name) return field;
  }
  return JsonField::skip;
}

std::string json_field_names() {
  std::string names;
  for (const auto& [name, field] : kFieldNames) {
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

DurationUnit duration_unit_named(std::string_view name) {
  for (std::size_t i = 1; i < kUnitNames.size(); ++i) {
    if (kUnitNames[i] == name) return static_cast<DurationUnit>(i);
  }
  return DurationUnit::unknown;
}

std::string_view to_string(DurationUnit unit) {
  return kUnitNames[static_cast<std::size_t>(unit)];
}

JsonKeys::JsonKeys(const FormatOptions& options) : places_(64) {
  for_each_json_key([this](std::string_view path, const JsonKey& key) { add(path, key); });
  configure(options);
}

void JsonKeys::configure(const FormatOptions& options) {
  const auto assign = [this](std::string_view path, JsonField field) {
    // The dots are part of the key in one logger, and lead into objects in another.
    JsonKey& whole = at(kTop, path);
    whole = reassigned(whole, field);
    if (path.find('.') == std::string_view::npos) return;
    JsonKey& leaf = at_path(path, '.');
    leaf = reassigned(leaf, field);
  };
  for (const auto& [name, path] : options.fields) assign(path, json_field_named(name));
  if (!options.who.empty()) assign(options.who, JsonField::who);
}

void JsonKeys::add(std::string_view path, const JsonKey& key) {
  JsonKey& leaf = at_path(path, '/');
  const JsonMarks marks = leaf.marks | key.marks;
  const std::uint16_t below = leaf.scope;
  if (key.field != JsonField::skip) leaf = key;
  leaf.marks = marks;
  leaf.scope = below;
}

JsonKey& JsonKeys::at_path(std::string_view path, char separator) {
  std::uint16_t scope = kTop;
  for (std::size_t end = path.find(separator); end != std::string_view::npos;
       end = path.find(separator)) {
    JsonKey& object = at(scope, path.substr(0, end));
    if (object.scope == kNoScope) object.scope = ++scopes_;
    scope = object.scope;
    path.remove_prefix(end + 1);
  }
  return at(scope, path);
}

JsonKey& JsonKeys::at(std::uint16_t scope, std::string_view name) {
  const std::size_t known = index_of(scope, name);
  if (known < entries_.size()) return entries_[known].key;
  entries_.push_back({.scope = scope, .name = std::string(name), .key = {}});
  if (entries_.size() * 4 > places_.size()) {
    places_.assign(places_.size() * 2, 0);
    for (std::size_t i = 0; i + 1 < entries_.size(); ++i) place(i);
  }
  place(entries_.size() - 1);
  return entries_.back().key;
}

void JsonKeys::place(std::size_t entry) {
  std::size_t place = hash_text(entries_[entry].name, entries_[entry].scope);
  while (places_[place % places_.size()] != 0) ++place;
  places_[place % places_.size()] = static_cast<std::uint16_t>(entry + 1);
}

std::size_t JsonKeys::index_of(std::uint16_t scope, std::string_view name) const {
  const std::size_t mask = places_.size() - 1;
  for (std::size_t place = hash_text(name, scope);; ++place) {
    const std::uint16_t index = places_[place & mask];
    if (index == 0) return entries_.size();
    const Entry& entry = entries_[index - 1U];
    if (entry.scope == scope && entry.name == name) return index - 1U;
  }
}

const JsonKey& JsonKeys::find(std::uint16_t scope, std::string_view name) const {
  if (scope == kNoScope) return nothing_;
  const std::size_t index = index_of(scope, name);
  return index < entries_.size() ? entries_[index].key : nothing_;
}

}  // namespace wayside
