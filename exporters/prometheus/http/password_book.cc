#include "exporters/prometheus/http/password_book.h"

#include <chrono>

#include "exporters/prometheus/http/bcrypt.h"

namespace wayside {
namespace {

// Several hashes of the highest cost are not waited for: the client asks again.
constexpr std::chrono::seconds kTurn{2};

}  // namespace

std::optional<std::size_t> PasswordBook::find(const std::string& user) const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < users_.size(); ++i) {
    if (users_[i].first == user) found = i;
  }
  return found;
}

// For a user nobody knows the hash of one that is known, the same one each time, so that no time
// tells which names exist.
const std::string& PasswordBook::hash_for(const BasicCredentials& credentials,
                                          std::optional<std::size_t> user) const {
  if (user) return users_[*user].second;
  const auto digest = digest_.of(credentials.user);
  return users_[digest ? (*digest)[0] % users_.size() : 0].second;
}

// With mutex_ held.
bool PasswordBook::remembered(std::optional<std::size_t> user, const Digest& password) const {
  return user && right_[*user] && same(*right_[*user], password);
}

bool PasswordBook::wait_for_turn(std::unique_lock<std::mutex>& lock, bool may_wait) {
  if (!hashing_) return true;
  if (!may_wait || waiting_) return false;
  waiting_ = true;
  const bool turn = free_.wait_for(lock, kTurn, [this] { return !hashing_; });
  waiting_ = false;
  return turn;
}

PasswordBook::Match PasswordBook::check(const BasicCredentials& credentials, bool may_wait) {
  const auto digest = digest_.of(credentials.password);
  if (users_.empty() || !digest) return Match::no;
  const auto user = find(credentials.user);
  std::unique_lock lock(mutex_);
  if (remembered(user, *digest)) return Match::yes;
  if (!wait_for_turn(lock, may_wait)) return Match::busy;
  if (remembered(user, *digest)) return Match::yes;  // what was waited for was the same
  hashing_ = true;
  lock.unlock();
  const bool right = bcrypt_matches(credentials.password, hash_for(credentials, user)) && user;
  lock.lock();
  hashing_ = false;
  if (right) right_[*user] = *digest;
  free_.notify_one();
  return right ? Match::yes : Match::no;
}

}  // namespace wayside
