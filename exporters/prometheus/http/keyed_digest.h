#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/core/result.h"

namespace wayside {

// HMAC-SHA-256 under a random key of this process: by it secrets are remembered without being
// kept, and compared in a time that tells nothing of them, not even their length. Thread-safe.
class KeyedDigest {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  static Result<KeyedDigest> create();
  [[nodiscard]] std::optional<Digest> of(std::string_view text) const;

 private:
  KeyedDigest() = default;
  std::array<std::uint8_t, 32> key_{};
};

// In constant time.
bool same(const KeyedDigest::Digest& a, const KeyedDigest::Digest& b);

}  // namespace wayside
