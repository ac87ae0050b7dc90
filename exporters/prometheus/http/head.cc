#include "exporters/prometheus/http/head.h"

#include <algorithm>
#include <charconv>

#include "agent/core/request.h"
#include "exporters/prometheus/http/header_text.h"

namespace wayside {
namespace {

using Refusal = std::optional<int>;

constexpr std::size_t kMaxMethod = 32;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\r' && c != '\n') || byte == 0x7f;
}

// RFC 9110, 5.6.2.
bool is_token_char(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kMarks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  for (const char c : text) {
    if (!is_token_char(c)) return false;
  }
  return !text.empty();
}

// The next line, which must end in CR LF and hold no other CR; nothing otherwise.
std::optional<std::string_view> next_line(std::string_view& rest) {
  const std::size_t newline = rest.find('\n');
  if (newline == std::string_view::npos || newline == 0) return std::nullopt;
  const std::string_view line = rest.substr(0, newline - 1);
  if (rest[newline - 1] != '\r' || line.find('\r') != std::string_view::npos) return std::nullopt;
  rest.remove_prefix(newline + 1);
  return line;
}

// "http://host/path" to "/path": RFC 9112, 3.2.2 wants it understood.
std::string_view origin_form(std::string_view target) {
  constexpr std::string_view kScheme = "http://";
  if (!target.starts_with(kScheme)) return target;
  target.remove_prefix(kScheme.size());
  const std::size_t path = target.find_first_of("/?");
  if (path == std::string_view::npos || target[path] == '?') return "/";
  return target.substr(path);
}

Refusal parse_target(std::string_view target, const HttpLimits& limits, RequestHead& head) {
  if (target.size() > limits.target_bytes) return 414;
  for (const char c : target) {
    if (c <= 0x20 || c > 0x7e) return 400;
  }
  const std::string_view path = origin_form(target);
  if (path != "*" && !path.starts_with('/')) return 400;
  head.target = path;
  return std::nullopt;
}

Refusal parse_version(std::string_view version, RequestHead& head) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") {
    head.minor = version.back() - '0';
    return std::nullopt;
  }
  return version.starts_with("HTTP/") ? 505 : 400;
}

Refusal parse_request_line(std::string_view line, const HttpLimits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return 400;
  const std::string_view method = line.substr(0, first);
  if (method.size() > kMaxMethod || !is_token(method)) return 400;
  head.method = method;
  if (const Refusal refusal =
          parse_target(line.substr(first + 1, last - first - 1), limits, head)) {
    return refusal;
  }
  if (const Refusal refusal = parse_version(line.substr(last + 1), head)) return refusal;
  return method_from(method) == Method::other ? Refusal(501) : std::nullopt;
}

// The header fields of which a second one would be another answer: where a request ends, whom it
// is for, who sends it.
struct Framing {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  int authorizations = 0;
  int origins = 0;
  int fetch_sites = 0;
};

Refusal parse_length(std::string_view value, const HttpLimits& limits, RequestHead& head) {
  // Digits alone: from_chars would take a minus sign, and lists ("5, 5") are two answers.
  if (value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos) return 400;
  const auto [stop, code] =
      std::from_chars(value.data(), value.data() + value.size(), head.content_length);
  if (code != std::errc{} || head.content_length > limits.body_bytes) return 413;
  head.body = head.content_length > 0 ? RequestHead::Body::sized : RequestHead::Body::none;
  return std::nullopt;
}

void add_to_list(std::string& list, std::string_view value) {
  if (!list.empty()) list += ',';
  list += value;
}

Refusal parse_field(std::string_view line, const HttpLimits& limits, Framing& framing,
                    RequestHead& head) {
  const std::size_t colon = line.find(':');
  // A folded line begins with a blank and a name before a blank is ambiguous: neither is a token.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return 400;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 1));
  if (same_ignoring_case(name, "host")) {
    ++framing.hosts;
    head.host = value;
  } else if (same_ignoring_case(name, "content-length")) {
    if (++framing.lengths > 1) return 400;
    return parse_length(value, limits, head);
  } else if (same_ignoring_case(name, "transfer-encoding")) {
    if (++framing.encodings > 1) return 400;
    if (!same_ignoring_case(value, "chunked")) return 501;
    head.body = RequestHead::Body::chunked;
  } else if (same_ignoring_case(name, "accept")) {
    add_to_list(head.accept, value);
  } else if (same_ignoring_case(name, "accept-encoding")) {
    add_to_list(head.accept_encoding, value);
  } else if (same_ignoring_case(name, "authorization")) {
    if (++framing.authorizations > 1) return 400;
    head.authorization = value;
  } else if (same_ignoring_case(name, "origin")) {
    if (++framing.origins > 1) return 400;
    head.origin = value;
  } else if (same_ignoring_case(name, "sec-fetch-site")) {
    if (++framing.fetch_sites > 1) return 400;
    head.fetch_site = value;
  }
  return std::nullopt;
}

Refusal judge(const Framing& framing, const RequestHead& head) {
  if (framing.lengths > 0 && framing.encodings > 0) return 400;
  if (framing.encodings > 0 && head.minor == 0) return 400;
  if (framing.hosts > 1 || (framing.hosts == 0 && head.minor == 1)) return 400;
  return std::nullopt;
}

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), small_letter);
  return small;
}

// Without the port that a scheme has anyway, which is sent or left out as one likes.
std::string_view without_default_port(std::string_view host, std::string_view port) {
  if (host.ends_with(port)) host.remove_suffix(port.size());
  return host;
}

// Whether "https://host:port" is of this Host.
bool is_of_host(std::string_view origin, std::string_view host) {
  constexpr std::string_view kMark = "://";
  const std::size_t mark = origin.find(kMark);
  if (mark == std::string_view::npos) return false;
  const std::string_view port = origin.substr(0, mark) == "https" ? ":443" : ":80";
  return without_default_port(origin.substr(mark + kMark.size()), port) ==
         without_default_port(host, port);
}

}  // namespace

bool is_cross_site(const RequestHead& head) {
  if (same_ignoring_case(head.fetch_site, "cross-site")) return true;
  return head.origin && !is_of_host(in_small_letters(*head.origin), in_small_letters(head.host));
}

std::string RequestHead::canonical() const {
  std::string text = method + " " + target + (minor == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
  if (body == Body::chunked) {
    text += "Transfer-Encoding: chunked\r\n";
  } else {
    text += "Content-Length: " + std::to_string(content_length) + "\r\n";
  }
  return text += "\r\n";
}

HeadScanner::State HeadScanner::scan(std::string_view received) {
  for (; seen_ < received.size(); ++seen_) {
    const char c = received[seen_];
    if (is_control(c)) return State::bad;
    if (c == '\n') {
      if (line_empty_) {
        ++seen_;
        return State::complete;
      }
      line_empty_ = true;
    } else if (c != '\r') {
      line_empty_ = false;
    }
  }
  return State::more;
}

std::optional<int> parse_head(std::string_view text, const HttpLimits& limits, RequestHead& head) {
  auto line = next_line(text);
  if (!line) return 400;
  if (const Refusal refusal = parse_request_line(*line, limits, head)) return refusal;
  Framing framing;
  for (std::size_t lines = 0;; ++lines) {
    line = next_line(text);
    if (!line) return 400;
    if (line->empty()) break;
    if (lines == limits.header_lines) return 431;
    if (const Refusal refusal = parse_field(*line, limits, framing, head)) return refusal;
  }
  if (const Refusal refusal = judge(framing, head)) return refusal;
  return std::nullopt;
}

}  // namespace wayside
