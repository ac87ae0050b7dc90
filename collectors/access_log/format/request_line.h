#pragma once

#include <cstring>
#include <string_view>

#include "agent/core/request.h"
#include "collectors/access_log/format/number_text.h"

namespace wayside {

// nginx's $request, split. A client may send anything: what is no request line has the method
// `other` and no target.
struct RequestLine {
  Method method = Method::other;
  std::string_view target;  // with its query, as sent
};

// "http://host/x?y" is "/x?y", an authority without a path is "/"; other targets stand as they
// are. RFC 9112, 3.2.2. What is returned lies within the target, so that it is padded if that is.
inline std::string_view without_authority(std::string_view target) {
  if (!target.starts_with("http://") && !target.starts_with("https://")) return target;
  const std::size_t colon = target.find(':');
  const std::size_t slash = target.find('/', colon + 3);
  return slash == std::string_view::npos ? target.substr(colon + 1, 1) : target.substr(slash);
}

namespace detail {

// Any other method than GET and POST, or rubbish.
inline RequestLine split_rare_request(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == 0 || space == std::string_view::npos) return {};
  for (const char c : line.substr(0, space)) {
    if ((c < 'A' || c > 'Z') && c != '-' && c != '_') return {};
  }
  return {.method = method_from(line.substr(0, space)), .target = line.substr(space + 1)};
}

// "GET /x" of HTTP/0.9 has no version.
inline std::string_view without_version(std::string_view target) {
  constexpr std::size_t kSize = 9;  // " HTTP/1.1"
  if (target.size() >= kSize) {
    const char* tail = target.data() + target.size() - kSize;
    if (std::memcmp(tail, " HTTP/", 6) == 0) return target.substr(0, target.size() - kSize);
  }
  return target;
}

}  // namespace detail

inline RequestLine split_request(std::string_view line) {
  constexpr std::size_t kShortest = 5;  // "GET /"
  if (line.size() < kShortest) return {};
  RequestLine request;
  if (std::memcmp(line.data(), "GET ", 4) == 0) {
    request = {.method = Method::get, .target = line.substr(4)};
  } else if (std::memcmp(line.data(), "POST ", 5) == 0) {
    request = {.method = Method::post, .target = line.substr(5)};
  } else {
    request = detail::split_rare_request(line);
  }
  request.target = detail::without_version(request.target);
  if (!request.target.empty() && request.target.front() != '/') {
    request.target = without_authority(request.target);
  }
  return request;
}

}  // namespace wayside
