// What looks like a secret in a path. Better one id too many hidden than one token shown.
#include <algorithm>

#include "agent/requests/char_class.h"
#include "agent/requests/file_name.h"
#include "agent/requests/redaction.h"
#include "agent/requests/segment.h"

namespace wayside {
namespace {

using namespace chars;

constexpr std::size_t kSecretSize = 20;

bool is_mongo_id(std::string_view text) {
  return text.size() == 24 && std::all_of(text.begin(), text.end(), is_hex);
}

bool is_number(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_digit);
}

bool is_secret_run(std::string_view run) {
  return run.size() >= kSecretSize && is_opaque(run) && !is_number(run) && !is_ulid(run) &&
         !is_mongo_id(run);
}

// base64url and its kin break a token at `-` and `_`; slugs change their classes seldom.
bool is_broken_token(std::string_view text) {
  const RunShape shape = shape_of_run(text);
  const std::size_t size = shape.digits + shape.upper + shape.lower;
  const bool mixed =
      shape.digits >= 6 || (shape.digits >= 1 && shape.lower >= 1 && shape.upper >= 1);
  return text.size() >= kSecretSize && mixed && shape.switches * 4 >= size;
}

}  // namespace

bool looks_secret(std::string_view segment) {
  if (segment.size() < kSecretSize || is_uuid(segment) || is_ulid(segment) ||
      is_mongo_id(segment)) {
    return false;
  }
  if (is_jwt(segment) || is_broken_token(segment)) return true;
  bool found = false;
  for_each_run(segment, [&](std::string_view run, bool) { found = found || is_secret_run(run); });
  return found;
}

}  // namespace wayside
