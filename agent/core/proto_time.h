#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "agent/core/proto_bytes.h"
#include "agent/core/time.h"

namespace wayside {

// The most bytes of a Timestamp message, and of one as a field with its tag and length.
inline constexpr std::size_t kMaxTime = 2 * (1 + kMaxVarint);
inline constexpr std::size_t kMaxTimeField = 2 + kMaxTime;

// The body of a google.protobuf.Timestamp. Of a time that is not known, or before 1970, nothing.
inline char* write_time(char* out, WallTime time) {
  constexpr std::uint64_t kPerSecond = 1'000'000;
  constexpr unsigned kSeconds = 1, kNanos = 2;
  const std::int64_t micros = time.time_since_epoch().count();
  if (micros < 0) return out;  // kNoTime is far below
  const auto since = static_cast<std::uint64_t>(micros);
  out = write_varint_field(out, kSeconds, since / kPerSecond);
  return write_varint_field(out, kNanos, since % kPerSecond * 1'000);
}

// With its tag and length; nothing where it is empty.
inline std::size_t message_size(std::string_view message) {
  return message.empty() ? 0 : 1 + varint_size(message.size()) + message.size();
}
// A message that was written before as a field; nothing where it is empty.
inline char* write_message(char* out, unsigned field, std::string_view message) {
  return message.empty() ? out : write_text(write_length(out, field, message.size()), message);
}

}  // namespace wayside
