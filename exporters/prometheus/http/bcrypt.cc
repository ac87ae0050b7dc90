#include "exporters/prometheus/http/bcrypt.h"

#include <crypt.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <memory>

namespace wayside {
namespace {

constexpr std::size_t kHashSize = 60;  // $2b$10$, 22 characters of salt, 31 of the hash
constexpr std::size_t kPrefix = 7;
constexpr int kLeastCost = 4;
constexpr int kMostCost = 15;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hash_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
}

bool has_form(std::string_view hash) {
  constexpr std::string_view kForms = "aby";
  return hash.size() == kHashSize && hash.starts_with("$2") &&
         kForms.find(hash[2]) != std::string_view::npos && hash[3] == '$' && is_digit(hash[4]) &&
         is_digit(hash[5]) && hash[6] == '$' &&
         std::all_of(hash.begin() + kPrefix, hash.end(), is_hash_char);
}

// What crypt_r works in holds the password afterwards.
struct Cleanse {
  void operator()(crypt_data* data) const {
    OPENSSL_cleanse(data, sizeof *data);
    delete data;
  }
};

}  // namespace

std::optional<std::string> wrong_with_bcrypt_hash(std::string_view hash) {
  if (!has_form(hash)) {
    return "is no bcrypt hash ($2b$10$ and 53 characters); htpasswd -nBC 10 NAME makes one";
  }
  const int cost = (hash[4] - '0') * 10 + (hash[5] - '0');
  if (cost < kLeastCost || cost > kMostCost) {
    return "is hashed with cost " + std::to_string(cost) + "; 4 to 15 are taken, 10 is usual";
  }
  return std::nullopt;
}

bool bcrypt_matches(const std::string& password, const std::string& hash) {
  const std::unique_ptr<crypt_data, Cleanse> data(new crypt_data{});
  const char* made = crypt_r(password.c_str(), hash.c_str(), data.get());
  if (made == nullptr || std::string_view(made).size() != hash.size()) return false;
  return CRYPTO_memcmp(made, hash.data(), hash.size()) == 0;
}

}  // namespace wayside
