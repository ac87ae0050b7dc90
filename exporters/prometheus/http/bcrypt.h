#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wayside {

// What is wrong with a bcrypt hash as `htpasswd -B` and others write it, as the end of a sentence
// ("is no bcrypt hash …") that shows nothing of it; nothing where it is one. Forms $2a$, $2b$ and
// $2y$, costs 4 to 15: each cost doubles the time of the one before, 10 takes some 0.1 s.
std::optional<std::string> wrong_with_bcrypt_hash(std::string_view hash);

// Whether this is the password. Takes as long as the hash's cost says, whatever the password.
// Thread-safe.
bool bcrypt_matches(const std::string& password, const std::string& hash);

}  // namespace wayside
