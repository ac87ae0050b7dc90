#include "exporters/prometheus/auth_config.h"

#include <algorithm>
#include <array>

#include "agent/core/nearest_key.h"
#include "exporters/prometheus/http/authorization.h"
#include "exporters/prometheus/http/bcrypt.h"
#include "exporters/prometheus/pages.h"

namespace wayside {
namespace {

constexpr std::size_t kLeastToken = 16;

bool is_user_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxUserName &&
         std::none_of(name.begin(), name.end(), [](char c) {
           return c == ':' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

// How many there are, right or wrong.
std::size_t read_users(ConfigMap& map, AuthConfig& config) {
  auto users = map.text_by_name("users");
  for (auto& [name, hash] : users) {
    if (!is_user_name(name)) {
      map.problem("users", "a user's name is not empty and has no colon");
    } else if (const auto why = wrong_with_bcrypt_hash(hash)) {
      map.problem("users", "the password of \"" + name + "\" " + *why);
    } else {
      config.users.emplace_back(std::move(name), std::move(hash));
    }
  }
  return users.size();
}

std::size_t read_tokens(ConfigMap& map, AuthConfig& config) {
  auto tokens = map.text_or_texts("bearer_token");
  for (std::string& token : tokens) {
    if (token.size() < kLeastToken || !is_bearer_token(token)) {
      map.problem("bearer_token",
                  "a token has at least 16 letters, digits or characters of -._~+/, as of "
                  "\"openssl rand -hex 32\"");
    } else {
      config.bearer_tokens.push_back(std::move(token));
    }
  }
  return tokens.size();
}

void read_open_paths(ConfigMap& map, AuthConfig& config) {
  std::vector<std::string> known;
  for (const ServedPath& served : served_paths()) known.emplace_back(served.path);
  for (std::string& path : map.texts("open_paths")) {
    if (find_path(path) != nullptr) {
      config.open_paths.push_back(std::move(path));
      continue;
    }
    const auto nearest = nearest_key(path, known);
    map.problem("open_paths", "no such page is served" +
                                  (nearest ? "; did you mean \"" + std::string(*nearest) + "\"?"
                                           : std::string()));
  }
}

}  // namespace

AuthConfig read_auth_config(ConfigMap& map) {
  AuthConfig config;
  const std::size_t known = read_users(map, config) + read_tokens(map, config);
  read_open_paths(map, config);
  if (known == 0) {
    map.problem("users", "nobody could come in: auth needs users, bearer_token or both");
  }
  return config;
}

}  // namespace wayside
