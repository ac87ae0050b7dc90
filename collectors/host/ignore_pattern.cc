#include "collectors/host/ignore_pattern.h"

#include <re2/re2.h>

namespace wayside {
namespace {

RE2::Options quiet_bytes() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingLatin1);
  return options;
}

}  // namespace

IgnorePattern::IgnorePattern(const std::string& pattern)
    : pattern_(pattern.empty() ? nullptr : std::make_unique<RE2>(pattern, quiet_bytes())) {}
IgnorePattern::IgnorePattern(IgnorePattern&&) noexcept = default;
IgnorePattern::~IgnorePattern() = default;

bool IgnorePattern::finds(std::string_view name) const {
  return pattern_ && pattern_->ok() &&
         RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *pattern_);
}

std::string IgnorePattern::fault() const {
  return pattern_ && !pattern_->ok() ? pattern_->error() : std::string();
}

}  // namespace wayside
