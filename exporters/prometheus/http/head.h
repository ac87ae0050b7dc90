#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "exporters/prometheus/http/limits.h"

namespace wayside {

// The head of an HTTP/1 request (RFC 9112), read strictly: whatever two parsers could read in two
// ways is refused.
struct RequestHead {
  enum class Body : std::uint8_t { none, sized, chunked };

  std::string method;
  std::string target;  // in origin form: "/metrics?x=1", or "*"
  int minor = 1;       // of the version: HTTP/1.0 or HTTP/1.1
  Body body = Body::none;
  std::size_t content_length = 0;
  std::string host;    // as it was sent, to be believed by nobody
  std::string accept;  // several such lines are one list
  std::string accept_encoding;
  std::string authorization;          // a secret
  std::optional<std::string> origin;  // of the page that had a browser send this
  std::string fetch_site;             // how far that page is from us, as the browser says

  // The head again, with nothing in it that could make the library act.
  [[nodiscard]] std::string canonical() const;
};

// Whether a browser sent this for a page of another site: Sec-Fetch-Site says so, or Origin names
// another host and port than Host. Programs send neither.
// https://www.w3.org/TR/fetch-metadata/ and RFC 6454, 7
bool is_cross_site(const RequestHead& head);

// Looks for a head's end while its bytes arrive, each looked at once.
class HeadScanner {
 public:
  enum class State : std::uint8_t { more, complete, bad };

  // `received` is all that came so far. Control characters are bad at once: no need to wait for
  // the end of something that is not HTTP.
  State scan(std::string_view received);
  // Where the head ends, after `complete`.
  [[nodiscard]] std::size_t end() const { return seen_; }

 private:
  std::size_t seen_ = 0;
  bool line_empty_ = false;  // so far, since the last newline
};

// Parses a complete head. Nothing on success, otherwise the status to refuse it with: 400, 413,
// 414, 431, 501 or 505. `head.method` and `head.target` are filled as far as they were read.
std::optional<int> parse_head(std::string_view text, const HttpLimits& limits, RequestHead& head);

}  // namespace wayside
