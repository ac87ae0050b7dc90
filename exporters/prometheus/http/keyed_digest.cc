#include "exporters/prometheus/http/keyed_digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

namespace wayside {

Result<KeyedDigest> KeyedDigest::create() {
  KeyedDigest digest;
  if (::getentropy(digest.key_.data(), digest.key_.size()) != 0) {
    return system_error("no random numbers");
  }
  return digest;
}

std::optional<KeyedDigest::Digest> KeyedDigest::of(std::string_view text) const {
  Digest digest{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes, text.size(),
           digest.data(), &size) == nullptr ||
      size != digest.size()) {
    return std::nullopt;
  }
  return digest;
}

bool same(const KeyedDigest::Digest& a, const KeyedDigest::Digest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace wayside
