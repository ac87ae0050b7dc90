#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "collectors/access_log/format/json_slots.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// Which keys tell what, at the top of a line and in the objects within it: those of all dialects,
// and what a config names. Immutable; any thread may ask.
class JsonKeys {
 public:
  static constexpr std::uint16_t kNoScope = 0;
  static constexpr std::uint16_t kTop = 1;

  explicit JsonKeys(const FormatOptions& options);

  // What a key of an object means: one that nothing is known of skips its value. Valid as long
  // as this. `name` without escapes.
  [[nodiscard]] const JsonKey& find(std::uint16_t scope, std::string_view name) const;

  // Of a key that nothing is known of.
  [[nodiscard]] const JsonKey& nothing() const { return nothing_; }

 private:
  struct Entry {
    std::uint16_t scope = kNoScope;
    std::string name;
    JsonKey key;
  };

  // `path`: the keys of objects on the way, and the key.
  void add(std::string_view path, const JsonKey& key);
  void configure(const FormatOptions& options);
  [[nodiscard]] std::size_t index_of(std::uint16_t scope, std::string_view name) const;
  JsonKey& at_path(std::string_view path, char separator);
  JsonKey& at(std::uint16_t scope, std::string_view name);
  void place(std::size_t entry);

  std::vector<Entry> entries_;
  std::vector<std::uint16_t> places_;  // by hash: one more than the entry's index, or 0
  std::uint16_t scopes_ = kTop;
  JsonKey nothing_;
};

// The field a config's `fields` calls by a name ("duration"); skip where it knows none.
JsonField json_field_named(std::string_view name);
// All such names, for people: "bytes, cache_status, …".
std::string json_field_names();

// "s", "ms", "us" or "ns"; unknown where it is none of them.
DurationUnit duration_unit_named(std::string_view name);
std::string_view to_string(DurationUnit unit);

}  // namespace wayside
