#include "exporters/prometheus/http/guard.h"

#include <algorithm>

namespace wayside {

Result<std::shared_ptr<Guard>> Guard::create(AuthConfig config, FailedAttempts::Rule rule) {
  const auto digest = KeyedDigest::create();
  if (!digest) return digest.error();
  return std::shared_ptr<Guard>(new Guard(std::move(config), *digest, rule));
}

Guard::Guard(AuthConfig config, const KeyedDigest& digest, FailedAttempts::Rule rule)
    : config_(std::move(config)),
      digest_(digest),
      passwords_(config_.users, digest),
      attempts_(rule) {
  for (const std::string& token : config_.bearer_tokens) {
    if (const auto kept = digest_.of(token)) tokens_.push_back(*kept);
  }
}

Guard::Judgement Guard::judge(std::string_view authorization, std::string_view client,
                              SteadyTime now) {
  // Also what is right waits then: or a guess more would cost nothing as long as it is wrong.
  if (const auto wait = attempts_.wait_of(client, now); wait.count() > 0) {
    return {Verdict::limited, wait};
  }
  const bool blameless = attempts_.of(client, now) < 1;
  const Verdict verdict = look_at(parse_authorization(authorization), blameless);
  if (verdict == Verdict::busy) return {verdict, std::chrono::seconds{1}};
  const bool reached = verdict == Verdict::wrong && attempts_.failed(client, now);
  return {verdict, std::chrono::seconds{0}, reached && may_tell(now)};
}

// Who has many addresses is not to fill the log with them.
bool Guard::may_tell(SteadyTime now) {
  constexpr std::chrono::seconds kTellEvery{10};
  const std::lock_guard lock(mutex_);
  if (told_at_ && now - *told_at_ < kTellEvery) return false;
  told_at_ = now;
  return true;
}

Verdict Guard::look_at(const Credentials& credentials, bool may_wait) {
  if (std::holds_alternative<NoCredentials>(credentials)) return Verdict::missing;
  if (const auto* token = std::get_if<BearerToken>(&credentials)) {
    return knows(*token) ? Verdict::welcome : Verdict::wrong;
  }
  const auto* basic = std::get_if<BasicCredentials>(&credentials);
  if (basic == nullptr) return Verdict::wrong;
  switch (passwords_.check(*basic, may_wait)) {
    case PasswordBook::Match::yes:
      return Verdict::welcome;
    case PasswordBook::Match::busy:
      return Verdict::busy;
    case PasswordBook::Match::no:
      break;
  }
  return Verdict::wrong;
}

// Looks at all of them, so that no time tells which one is near.
bool Guard::knows(const BearerToken& token) const {
  const auto given = digest_.of(token.token);
  bool known = false;
  for (const auto& one : tokens_) known = (given && same(*given, one)) || known;
  return known;
}

bool Guard::is_open(std::string_view path) const {
  return std::find(config_.open_paths.begin(), config_.open_paths.end(), path) !=
         config_.open_paths.end();
}

std::vector<std::string_view> Guard::challenges() const {
  std::vector<std::string_view> out;
  if (!config_.users.empty()) out.emplace_back(R"(Basic realm="wayside", charset="UTF-8")");
  if (!config_.bearer_tokens.empty()) out.emplace_back(R"(Bearer realm="wayside")");
  return out;
}

}  // namespace wayside
