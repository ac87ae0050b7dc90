#include "collectors/access_log/source/syslog_header.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kMaxTag = 48;  // RFC 5424's APP-NAME; RFC 3164 has 32

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_tag(std::string_view text) {
  return !text.empty() && text.size() <= kMaxTag &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '/';
         });
}

// Cuts "<190>" off; false where the text begins otherwise.
bool cut_priority(std::string_view& text) {
  if (!text.starts_with('<')) return false;
  std::size_t at = 1;
  while (at < text.size() && at < 4 && is_digit(text[at])) ++at;
  if (at == 1 || at == text.size() || text[at] != '>') return false;
  text.remove_prefix(at + 1);
  return true;
}

// Up to the next blank, which goes as well; the whole rest where there is none.
std::string_view cut_word(std::string_view& text) {
  const auto end = std::min(text.find(' '), text.size());
  const auto word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

// "Nov 23 22:31:31 " or "Nov  3 22:31:31 ".
bool is_old_time(std::string_view text) {
  constexpr std::string_view kShape = "Aaa d0 00:00:00 ";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const char c = text[i];
    switch (kShape[i]) {
      case 'A':
      case 'a':
        if (!is_alphanumeric(c) || is_digit(c)) return false;
        break;
      case '0':
        if (!is_digit(c)) return false;
        break;
      case 'd':
        if (!is_digit(c) && c != ' ') return false;
        break;
      default:
        if (c != kShape[i]) return false;
    }
  }
  return true;
}

// "2026-11-23T22:31:31.123456+00:00", as rsyslog forwards it.
bool is_new_time(std::string_view word) {
  return word.size() >= 19 && is_digit(word[0]) && word[4] == '-' && word[7] == '-' &&
         word[10] == 'T' && word[13] == ':' && word[16] == ':';
}

bool cut_time(std::string_view& text) {
  if (is_old_time(text)) {
    text.remove_prefix(sizeof "Nov 23 22:31:31 " - 1);
    return true;
  }
  std::string_view rest = text;
  if (!is_new_time(cut_word(rest))) return false;
  text = rest;
  return true;
}

// Cuts "nginx: " or "nginx[123]: " off and gives the name; empty where neither stands there.
std::string_view cut_tag(std::string_view& text) {
  std::string_view rest = text;
  std::string_view word = cut_word(rest);
  if (!word.ends_with(':')) return {};
  word.remove_suffix(1);
  if (word.ends_with(']')) word = word.substr(0, word.find('['));
  if (!is_tag(word)) return {};
  text = rest;
  return word;
}

SyslogMessage read_old(std::string_view text) {
  SyslogMessage message;
  const bool timed = cut_time(text);
  message.tag = cut_tag(text);
  if (message.tag.empty() && timed) {
    std::string_view rest = text;
    cut_word(rest);  // the host
    message.tag = cut_tag(rest);
    if (!message.tag.empty()) text = rest;
  }
  message.text = text;
  return message;
}

// Cuts one "[id name="value" …]" off; false where it has no end.
bool cut_element(std::string_view& text) {
  bool quoted = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && text[i] == ']') {
      text.remove_prefix(i + 1);
      return true;
    }
  }
  return false;
}

// "-", or elements without anything between them; then a blank or the end.
bool cut_structured_data(std::string_view& text) {
  if (text.starts_with('-')) {
    text.remove_prefix(1);
  } else if (!text.starts_with('[')) {
    return false;
  }
  while (text.starts_with('[')) {
    if (!cut_element(text)) return false;
  }
  if (!text.empty() && text.front() != ' ') return false;
  if (!text.empty()) text.remove_prefix(1);
  return true;
}

// Behind "<190>1 ": TIMESTAMP HOSTNAME APP-NAME PROCID MSGID SD [MSG].
bool read_new(std::string_view text, SyslogMessage& message) {
  const auto time = cut_word(text);
  if (time != "-" && !is_new_time(time)) return false;
  cut_word(text);
  const auto name = cut_word(text);
  cut_word(text);
  cut_word(text);
  if (!cut_structured_data(text)) return false;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (name != "-" && is_tag(name)) message.tag = name;
  message.text = text;
  return true;
}

}  // namespace

SyslogMessage read_syslog(std::string_view datagram) {
  while (!datagram.empty() && (datagram.back() == '\n' || datagram.back() == '\0')) {
    datagram.remove_suffix(1);
  }
  if (!cut_priority(datagram)) return {.tag = {}, .text = datagram};
  SyslogMessage message;
  if (datagram.starts_with("1 ") && read_new(datagram.substr(2), message)) return message;
  return read_old(datagram);
}

}  // namespace wayside
