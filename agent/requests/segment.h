#pragma once

#include <cstdint>
#include <string_view>

namespace wayside {

// What one segment of a path stands for.
enum class SegmentKind : std::uint8_t { word, id, uuid, date, name, rest };

// ":id", ":uuid", …; empty for a word.
std::string_view placeholder(SegmentKind kind);

// A longer segment is never a word.
inline constexpr std::size_t kMaxSegment = 64;

// Classifies a segment without its slashes, percent-escapes already decoded. Numbers, hex and
// base64-like tokens, ULIDs, e-mail addresses and names that carry a number are ids; calendar
// dates are dates; file names with a hash or a number, `@handles` and whatever does not read as
// part of an API's vocabulary (spaces, other alphabets, control bytes) are names. A placeholder
// is itself. Any bytes, any size; no allocation.
SegmentKind classify_segment(std::string_view segment);

// 8-4-4-4-12 hex digits (RFC 9562).
bool is_uuid(std::string_view text);

// 26 characters of Crockford's base32, the first at most 7 (https://github.com/ulid/spec).
bool is_ulid(std::string_view text);

// Three base64url parts, the first a JSON object (RFC 7519).
bool is_jwt(std::string_view text);

// 2026-11-23, 2026_11_23, 20261123, 2026-11, 2026-W47, 23-11-2026, each with a plausible year,
// and 2026-11-23T… with a time.
bool is_date(std::string_view text);

// Letters and digits as no word has them: hex with a digit, or classes that change as often as
// they do in random text. Only for runs of letters and digits.
bool is_opaque(std::string_view run);

}  // namespace wayside
