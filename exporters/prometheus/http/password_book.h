#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "exporters/prometheus/http/authorization.h"
#include "exporters/prometheus/http/keyed_digest.h"

namespace wayside {

// The users and the bcrypt hashes of their passwords. A hash takes a tenth of a second of CPU by
// design, so one is computed at a time, and a password that was right is known again by its keyed
// digest: a scrape every second costs nothing. A user nobody knows costs what a wrong password
// does. Thread-safe.
class PasswordBook {
 public:
  enum class Match { yes, no, busy };

  PasswordBook(std::vector<std::pair<std::string, std::string>> users, const KeyedDigest& digest)
      : users_(std::move(users)), digest_(digest), right_(users_.size()) {}

  // While a hash is computed for another request, one of those that `may_wait` waits for it; all
  // others are told that it is busy.
  Match check(const BasicCredentials& credentials, bool may_wait);

 private:
  using Digest = KeyedDigest::Digest;
  [[nodiscard]] std::optional<std::size_t> find(const std::string& user) const;
  [[nodiscard]] const std::string& hash_for(const BasicCredentials& credentials,
                                            std::optional<std::size_t> user) const;
  [[nodiscard]] bool remembered(std::optional<std::size_t> user, const Digest& password) const;
  bool wait_for_turn(std::unique_lock<std::mutex>& lock, bool may_wait);

  std::vector<std::pair<std::string, std::string>> users_;
  const KeyedDigest digest_;

  std::mutex mutex_;
  std::condition_variable free_;
  bool hashing_ = false;  // guarded by mutex_, as are the next two
  bool waiting_ = false;
  std::vector<std::optional<Digest>> right_;  // of each user's password, once it was given
};

}  // namespace wayside
