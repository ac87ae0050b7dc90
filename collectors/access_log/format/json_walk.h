#pragma once

#include <string_view>
#include <vector>

#include "collectors/access_log/format/json_keys.h"
#include "collectors/access_log/format/json_slots.h"

namespace wayside {

// A string, number, true, false or null of a line, and the key it stands under. A string is told
// without its quotes.
struct JsonLeaf {
  const JsonKey* key = nullptr;
  const char* begin = nullptr;
  const char* end = nullptr;
  bool string = false;
};

// Reads lines that are JSON objects of any build, strictly: what is malformed anywhere is
// malformed. One thread at a time.
class JsonWalk {
 public:
  // Deeper nesting than this is refused.
  static constexpr unsigned kMaxDepth = 64;

  // `keys` outlives it.
  explicit JsonWalk(const JsonKeys& keys) : keys_(keys) {}

  // The line at `p`, in a block as scan.h has it: puts its values into `slots`, all of its leaves
  // in their order into `leaves`, and returns the first byte of the next line; null where the
  // line is no well-formed object.
  const char* line(const char* p, JsonSlots& slots, std::vector<JsonLeaf>& leaves);

 private:
  const char* value(const char* p, const JsonKey& key);
  const char* object(const char* p, std::uint16_t scope);
  const char* member(const char* p, std::uint16_t scope);
  const char* array(const char* p, const JsonKey& key);
  const char* string(const char* p, const JsonKey& key);
  const char* token(const char* p, const JsonKey& key);
  void tell(const JsonKey& key, const JsonValue& value, bool escapes);
  [[nodiscard]] const JsonKey& find(std::uint16_t scope, std::string_view name, bool escapes) const;

  const JsonKeys& keys_;
  JsonSlots* slots_ = nullptr;
  std::vector<JsonLeaf>* leaves_ = nullptr;
  unsigned depth_ = 0;
};

}  // namespace wayside
