// A line of a log as a page may show it. Whoever wrote it may have written anything: what follows
// a key that names a secret goes, whatever the syntax, and so do queries, credentials in URLs and
// whatever looks like a token. Better one word too many hidden than one secret shown.
#include <algorithm>

#include "agent/requests/client_text.h"
#include "agent/requests/redaction.h"
#include "agent/requests/redaction_parts.h"
#include "agent/requests/shown_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxRead = 1024;
constexpr std::string_view kQuotes = "\"'`";

bool is_space(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

bool is_word(char c) {
  constexpr std::string_view kMarks = "_-.%+~$@";
  const auto byte = static_cast<unsigned char>(c);
  const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return alnum || byte >= 0x80 || (c != '\0' && kMarks.find(c) != std::string_view::npos);
}

// Without the word that is cut, whose half no rule would know.
std::string_view bounded(std::string_view line) {
  if (line.size() <= kMaxRead) return line;
  std::size_t end = kMaxRead;
  while (end > 0 && is_word(line[end - 1])) --end;
  return line.substr(0, end);
}

class LineRedaction {
 public:
  LineRedaction(std::string_view line, bool show_query, bool anonymize)
      : rest_(line), show_query_(show_query), anonymize_(anonymize) {}

  std::string shown() {
    while (!rest_.empty()) step();
    return std::move(out_);
  }

 private:
  void step() {
    if (rest_.front() == '?' && !show_query_) return query();
    if (rest_.starts_with("://")) return authority();
    if (anonymize_ && address()) return;
    if (is_word(rest_.front())) return word();
    copy(1);
  }

  void copy(std::size_t size) {
    out_ += rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  void hide(std::size_t size) {
    if (size > 0) out_ += kRedacted;
    hidden_ = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  // How many of the front's bytes come before the first that `ends`.
  template <typename Ends>
  [[nodiscard]] std::size_t until(Ends ends) const {
    return static_cast<std::size_t>(std::find_if(rest_.begin(), rest_.end(), ends) - rest_.begin());
  }

  void query() {
    copy(1);
    hide(until([](char c) { return is_space(c) || kQuotes.find(c) != std::string_view::npos; }));
  }

  // "user:password@" in front of a host.
  void authority() {
    copy(3);
    const std::size_t end = until([](char c) {
      return is_space(c) || c == '/' || c == '?' || c == '#' || kQuotes.find(c) != kQuotes.npos;
    });
    const std::size_t at = rest_.substr(0, end).rfind('@');
    if (at != std::string_view::npos) hide(at);
  }

  bool address() {
    if (!out_.empty() && is_word(out_.back())) return false;
    const std::size_t size = until([](char c) {
      return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') ||
               c == ':' || c == '.');
    });
    NetworkText scratch;
    const std::string_view text = rest_.substr(0, size);
    const std::string_view network = network_of(text, scratch);
    if (network == text) return false;
    out_ += network;
    rest_.remove_prefix(size);
    return true;
  }

  void word() {
    const std::size_t size = until([](char c) { return !is_word(c); });
    const std::string key = percent_decoded(rest_.substr(0, size));
    if (looks_secret(key)) return hide(size);
    copy(size);
    if (is_secret_key(key)) values(key, false);
  }

  // What was hidden as a value may be the key of the next one, as in `token= "password": "…"`.
  void values(std::string key, bool given) {
    while (value(key, given)) {
      std::string_view last = hidden_;
      while (!last.empty() && !is_word(last.back())) last.remove_suffix(1);
      given = hidden_.substr(last.size()).find_first_of(":=") != std::string_view::npos;
      std::size_t begin = last.size();
      while (begin > 0 && is_word(last[begin - 1])) --begin;
      key = percent_decoded(last.substr(begin));
      if (!is_secret_key(key)) return;
    }
  }

  // What stands behind `key`, where it is given a value: `key=v`, `key: v`, `"key":"v"`.
  // False: it is given none.
  bool value(const std::string& key, bool given) {
    std::size_t size = 0;
    while (size < rest_.size()) {
      const char c = rest_[size];
      given = given || c == ':' || c == '=';
      const bool before = c == '\\' || is_space(c) || c == ':' || c == '=' || c == '>';
      const bool quote = kQuotes.find(c) != std::string_view::npos;
      if (!before && (!quote || given)) break;
      ++size;
    }
    if (!given) return false;
    copy(size);
    if (rest_.empty()) return false;
    const char first = rest_.front();
    if (first == '{' || first == '[') {
      hide(rest_.size());
    } else if (kQuotes.find(first) != std::string_view::npos) {
      quoted(first);
    } else {
      bare(key);
    }
    return true;
  }

  // JSON within JSON has its quotes escaped.
  void quoted(char quote) {
    const bool escaped = out_.ends_with('\\');
    copy(1);
    hide(escaped ? std::min(rest_.find(quote), rest_.size()) : size_of_quoted(quote));
  }

  [[nodiscard]] std::size_t size_of_quoted(char quote) const {
    std::size_t size = 0;
    while (size < rest_.size() && rest_[size] != quote) size += rest_[size] == '\\' ? 2 : 1;
    return std::min(size, rest_.size());
  }

  // Headers have spaces in their values ("Bearer …", "a=1; b=2"); other values end at one.
  void bare(const std::string& key) {
    const std::string lower = small(key);
    const bool header =
        lower.find("auth") != std::string::npos || lower.find("cookie") != std::string::npos;
    hide(until([header](char c) {
      if (kQuotes.find(c) != std::string_view::npos || c == '}' || c == '\n') return true;
      return !header && (is_space(c) || c == '&' || c == ',' || c == ';');
    }));
  }

  static std::string small(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return text;
  }

  std::string_view rest_;
  std::string_view hidden_;  // what was hidden last
  std::string out_;
  bool show_query_;
  bool anonymize_;
};

}  // namespace

std::string Redaction::show_line(std::string_view line) const {
  const std::string text = without_patterns(bounded(line));
  return shown_text(LineRedaction(text, show_query_, anonymize_).shown(), kMaxShownLine);
}

}  // namespace wayside
