#include "exporters/prometheus/http/refusal.h"

#include "exporters/prometheus/pages.h"

namespace wayside {

std::string_view reason_of(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
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

std::string refusal(int status) {
  const std::string reason(reason_of(status));
  const std::string body = reason + "\n";
  return "HTTP/1.1 " + std::to_string(status) + " " + reason +
         "\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nContent-Type: " + std::string(kPlainText) +
         "\r\nX-Content-Type-Options: nosniff\r\n\r\n" + body;
}

}  // namespace wayside
