#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "agent/requests/rules.h"

namespace re2 {
class RE2;
}

namespace wayside {

inline constexpr std::string_view kRedacted = "[redacted]";
inline constexpr std::size_t kMaxShownPath = 512;  // bytes
inline constexpr std::size_t kMaxShownLine = 256;  // bytes

// Makes a path fit to be shown in an event: without its query unless asked for, without what the
// user's patterns match, without segments that look like secrets (JWTs, long opaque tokens that
// are neither UUID, ULID, number nor MongoDB id) or follow one that names a secret
// (`/reset-token/8f2c`), and without `;parameters`. In a query that is shown, values of keys such
// as token or password are masked whether a pattern names them or not.
// Immutable; any thread.
class Redaction {
 public:
  // Fails where a pattern does not compile.
  static Result<Redaction> create(const RequestRules& rules);
  Redaction(Redaction&&) noexcept;
  Redaction& operator=(Redaction&&) noexcept;
  ~Redaction();

  // Valid UTF-8, at most kMaxShownPath bytes. Any bytes, any size.
  [[nodiscard]] std::string show(std::string_view target) const;

  // A line of a log that could not be read, for whoever looks why: by the same rules wherever
  // they may apply, since nobody knows what is what in it. At most kMaxShownLine bytes.
  [[nodiscard]] std::string show_line(std::string_view line) const;

 private:
  Redaction();
  [[nodiscard]] std::string without_patterns(std::string_view text) const;
  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  bool show_query_ = false;
  bool anonymize_ = false;
};

// Whether a decoded segment is more likely a secret than a name or an id.
bool looks_secret(std::string_view segment);

// Whether a query key names a secret: token, access_token, api-key, PASSWORD, …
bool is_secret_key(std::string_view key);

// Why a pattern is no use, or empty: its syntax, or that it matches an empty text.
std::string pattern_fault(const std::string& pattern);

}  // namespace wayside
