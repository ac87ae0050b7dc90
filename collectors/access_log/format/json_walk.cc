#include "collectors/access_log/format/json_walk.h"

#include <array>

#include "collectors/access_log/format/json_scan.h"
#include "collectors/access_log/format/json_text.h"

namespace wayside {
namespace {

const char* skip_space(const char* p) {
  while (*p == ' ' || *p == '\t' || *p == '\r') ++p;
  return p;
}

std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// nginx writes nothing, or a lone '-', where a variable that its log_format has outside quotes is
// empty: `"upstream_response_time":,`. That is no JSON, and no reason to lose the line. Where the
// member ends; null where there is a value.
const char* end_of_nothing(const char* p) {
  if (*p == '-') p = skip_space(p + 1);
  return *p == ',' || *p == '}' ? p : nullptr;
}

}  // namespace

const char* JsonWalk::line(const char* p, JsonSlots& slots, std::vector<JsonLeaf>& leaves) {
  slots_ = &slots;
  leaves_ = &leaves;
  depth_ = 0;
  p = skip_space(p);
  if (*p != '{') return nullptr;
  p = object(p + 1, JsonKeys::kTop);
  if (p == nullptr) return nullptr;
  p = skip_space(p);
  return *p == '\n' ? p + 1 : nullptr;
}

// Each of these takes what it is named after, from its first byte or from behind the bracket or
// quote that opens it, and returns the first byte behind it.

const char* JsonWalk::value(const char* p, const JsonKey& key) {
  switch (*p) {
    case '"':
      return string(p + 1, key);
    case '{':
      return object(p + 1, key.scope);
    case '[':
      return array(p + 1, key);
    default:
      return token(p, key);
  }
}

const char* JsonWalk::object(const char* p, std::uint16_t scope) {
  if (++depth_ > kMaxDepth) return nullptr;
  p = skip_space(p);
  if (*p != '}') {
    for (;; p = skip_space(p + 1)) {
      if (*p != '"') return nullptr;
      p = member(p + 1, scope);
      if (p == nullptr) return nullptr;
      if (*p == '}') break;
      if (*p != ',') return nullptr;
    }
  }
  --depth_;
  return p + 1;
}

const char* JsonWalk::member(const char* p, std::uint16_t scope) {
  bool escapes = false;
  const char* const end = end_of_json_string(p, escapes);
  if (end == nullptr) return nullptr;
  const JsonKey& key = find(scope, view(p, end), escapes);
  p = skip_space(end + 1);
  if (*p != ':') return nullptr;
  p = skip_space(p + 1);
  if (const char* const behind = end_of_nothing(p)) return behind;
  p = value(p, key);
  return p == nullptr ? nullptr : skip_space(p);
}

// Of a list, as of a header's values, the first element is what the key tells.
const char* JsonWalk::array(const char* p, const JsonKey& key) {
  if (++depth_ > kMaxDepth) return nullptr;
  p = skip_space(p);
  const JsonKey* element = &key;
  if (*p != ']') {
    for (;; p = skip_space(p + 1), element = &keys_.nothing()) {
      p = value(p, *element);
      if (p == nullptr) return nullptr;
      p = skip_space(p);
      if (*p == ']') break;
      if (*p != ',') return nullptr;
    }
  }
  --depth_;
  return p + 1;
}

const char* JsonWalk::string(const char* p, const JsonKey& key) {
  bool escapes = false;
  const char* const end = end_of_json_string(p, escapes);
  if (end == nullptr) return nullptr;
  tell(key, {.begin = p, .size = static_cast<std::uint32_t>(end - p), .traits = {.string = true}},
       escapes);
  return end + 1;
}

const char* JsonWalk::token(const char* p, const JsonKey& key) {
  const char* const end = end_of_json_token(p);
  if (end == nullptr) return nullptr;
  tell(key, {.begin = p, .size = static_cast<std::uint32_t>(end - p), .traits = {}}, false);
  return end;
}

void JsonWalk::tell(const JsonKey& key, const JsonValue& value, bool escapes) {
  slots_->mark(key.marks);
  slots_->put(key, value, escapes);
  leaves_->push_back({.key = &key,
                      .begin = value.begin,
                      .end = value.begin + value.size,
                      .string = value.traits.string});
}

const JsonKey& JsonWalk::find(std::uint16_t scope, std::string_view name, bool escapes) const {
  if (!escapes) return keys_.find(scope, name);
  std::array<char, 256> decoded{};
  if (name.size() > decoded.size()) return keys_.nothing();
  return keys_.find(scope, {decoded.data(), decode_json(name, decoded.data())});
}

}  // namespace wayside
