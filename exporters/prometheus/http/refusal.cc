#include "exporters/prometheus/http/refusal.h"

#include "exporters/prometheus/http/security_headers.h"
#include "exporters/prometheus/pages.h"

namespace wayside {

std::string_view reason_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

std::string refusal(int status, std::string_view why) {
  const std::string reason(reason_of(status));
  const std::string body = (why.empty() ? reason : std::string(why)) + "\n";
  std::string text = "HTTP/1.1 " + std::to_string(status) + " " + reason +
                     "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\nContent-Type: " + std::string(kPlainText) + "\r\n";
  const auto add = [&text](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  for (const auto& [name, value] : security_headers()) add(name, value);
  add("Content-Security-Policy", content_policy(kPlainText));
  return text + "\r\n" + body;
}

}  // namespace wayside
