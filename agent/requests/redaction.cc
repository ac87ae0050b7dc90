#include "agent/requests/redaction.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "agent/core/labels.h"
#include "agent/requests/redaction_parts.h"
#include "agent/requests/route_text.h"
#include "agent/requests/shown_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxRead = 8192;

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingLatin1);  // paths are bytes
  return options;
}

// Cut at a border, so that no half of a secret is left that no rule would know.
std::string_view bounded(std::string_view target) {
  if (target.size() <= kMaxRead) return target;
  const std::size_t border = target.find_last_of("/?&", kMaxRead);
  return target.substr(0, border == std::string_view::npos ? 0 : border);
}

// A value that a segment holds, as in "a?token=x" whose question mark was escaped.
bool holds_secret_pair(std::string_view decoded) {
  for (std::size_t equals = decoded.find('='); equals != std::string_view::npos;
       equals = decoded.find('=', equals + 1)) {
    const std::string_view before = decoded.substr(0, equals);
    const std::size_t begin = before.find_last_of("?&;,/= ");
    if (is_secret_key(before.substr(begin == std::string_view::npos ? 0 : begin + 1))) return true;
  }
  return false;
}

// Behind a segment such as "reset-token" a short token is no word either.
bool may_be_token(std::string_view decoded) {
  return decoded.size() >= 4 &&
         std::any_of(decoded.begin(), decoded.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Shows the segments of a path, each by what it is and by what the one before it names.
class Segments {
 public:
  void operator()(std::string_view segment, std::string& out) {
    const std::size_t parameters = segment.find(';');
    const std::string_view name = segment.substr(0, parameters);
    const std::string decoded = percent_decoded(name);
    const bool hidden = looks_secret(decoded) || holds_secret_pair(decoded) ||
                        (secret_follows_ && may_be_token(decoded));
    out += hidden ? kRedacted : name;
    if (parameters != std::string_view::npos) out.append(";").append(kRedacted);
    secret_follows_ = is_secret_key(decoded);
  }

 private:
  bool secret_follows_ = false;
};

void show_pair(std::string_view pair, std::string& out) {
  const std::size_t equals = pair.find('=');
  const std::string_view key = pair.substr(0, equals);
  if (equals == std::string_view::npos) {
    out += looks_secret(percent_decoded(key)) ? kRedacted : key;
    return;
  }
  const std::string_view value = pair.substr(equals + 1);
  const std::string decoded = percent_decoded(value);
  out.append(key).append("=");
  const bool hidden =
      is_secret_key(percent_decoded(key)) || looks_secret(decoded) || holds_secret_pair(decoded);
  out += hidden ? kRedacted : value;
}

// Calls `show` for each part between separators, which are kept.
template <typename Show>
void each_part(std::string_view text, char separator, std::string& out, Show show) {
  for (;;) {
    const std::size_t end = text.find(separator);
    show(text.substr(0, end), out);
    if (end == std::string_view::npos) return;
    out += separator;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

Redaction::Redaction() = default;
Redaction::Redaction(Redaction&&) noexcept = default;
Redaction& Redaction::operator=(Redaction&&) noexcept = default;
Redaction::~Redaction() = default;

Result<Redaction> Redaction::create(const RequestRules& rules) {
  Redaction redaction;
  redaction.show_query_ = rules.show_query;
  redaction.anonymize_ = rules.anonymize_who;
  for (const std::string& text : rules.redact) {
    const std::string fault = pattern_fault(text);
    if (!fault.empty()) return Error{"requests.redact: " + fault};
    redaction.patterns_.push_back(std::make_unique<RE2>(text, quiet()));
  }
  return redaction;
}

std::string Redaction::show(std::string_view target) const {
  std::string_view kept = bounded(origin_form(target));
  kept = kept.substr(0, kept.find('#'));
  if (!show_query_) kept = kept.substr(0, kept.find('?'));
  const std::string text = without_patterns(kept);

  std::string shown;
  const std::string_view all = text;
  const std::size_t query = all.find('?');
  each_part(all.substr(0, query), '/', shown, Segments());
  if (query != std::string_view::npos) {
    shown += '?';
    each_part(all.substr(query + 1), '&', shown, show_pair);
  }
  return shown_text(shown, kMaxShownPath);
}

std::string Redaction::without_patterns(std::string_view text) const {
  std::string kept(text);
  for (const auto& pattern : patterns_) RE2::GlobalReplace(&kept, *pattern, "[redacted]");
  return kept;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  std::array<char, kMaxSegment> scratch;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view byte;
    if (text[i] == '%' && decode_segment(text.substr(i, 3), scratch, byte) && byte.size() == 1) {
      out += byte;
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_secret_key(std::string_view key) {
  std::string lower;
  for (const char c : key) {
    if (c == '-' || c == '_' || c == '.') continue;
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  constexpr std::array<std::string_view, 16> kParts = {
      "token", "passw", "passphrase", "pwd",   "secret", "apikey",     "accesskey",  "auth",
      "sess",  "jwt",   "signature",  "nonce", "otp",    "credential", "privatekey", "cookie"};
  constexpr std::array<std::string_view, 7> kWhole = {"key", "code", "sig", "sid",
                                                      "pin", "hash", "pass"};
  return std::find(kWhole.begin(), kWhole.end(), lower) != kWhole.end() ||
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

std::string pattern_fault(const std::string& pattern) {
  const RE2 compiled(pattern, quiet());
  if (!compiled.ok()) {
    std::string fault = "pattern " + pattern + " does not compile: " + compiled.error();
    if (!compiled.error_arg().empty()) fault += " (at \"" + compiled.error_arg() + "\")";
    return mend_utf8(fault);
  }
  if (RE2::FullMatch("", compiled)) return "pattern " + pattern + " matches an empty text";
  return {};
}

}  // namespace wayside
