#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include "exporters/prometheus/auth_config.h"
#include "exporters/prometheus/http/failed_attempts.h"
#include "exporters/prometheus/http/keyed_digest.h"
#include "exporters/prometheus/http/password_book.h"

namespace wayside {

// What was found of a request's credentials.
enum class Verdict : std::uint8_t {
  welcome,
  missing,  // there are none
  wrong,    // a user, password or token nobody has, another scheme, or rubbish
  limited,  // of a client that failed too often: not looked at
  busy      // another password is being verified
};
inline constexpr std::size_t kVerdicts = 5;

// Who may come in: users with a password, bearers of a token, and everyone to the paths that are
// open. Thread-safe; verifying a password that was not right before takes as long as its hash
// says, which a worker can spare and the lobby cannot.
class Guard {
 public:
  // Fails only where the system has no random numbers.
  static Result<std::shared_ptr<Guard>> create(AuthConfig config,
                                               FailedAttempts::Rule rule = FailedAttempts::Rule());

  struct Judgement {
    Verdict verdict = Verdict::welcome;
    std::chrono::seconds retry_after{0};  // where it is limited or busy
    // By this very attempt the limit was reached; of many such within seconds it is one.
    bool worth_telling = false;
  };
  // `authorization` is the field's value, `client` a numeric address.
  Judgement judge(std::string_view authorization, std::string_view client, SteadyTime now);

  [[nodiscard]] bool is_open(std::string_view path) const;
  // What a client is told to try: values of WWW-Authenticate.
  [[nodiscard]] std::vector<std::string_view> challenges() const;
  [[nodiscard]] const AuthConfig& config() const { return config_; }

 private:
  Guard(AuthConfig config, const KeyedDigest& digest, FailedAttempts::Rule rule);
  Verdict look_at(const Credentials& credentials, bool may_wait);
  [[nodiscard]] bool knows(const BearerToken& token) const;
  bool may_tell(SteadyTime now);

  AuthConfig config_;
  const KeyedDigest digest_;
  std::vector<KeyedDigest::Digest> tokens_;
  PasswordBook passwords_;
  FailedAttempts attempts_;
  std::mutex mutex_;
  std::optional<SteadyTime> told_at_;  // guarded by mutex_
};

}  // namespace wayside
