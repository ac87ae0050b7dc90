#include "agent/core/request.h"

namespace wayside {
namespace {

constexpr std::array<std::string_view, kMethods> kNames = {
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "_OTHER"};

}  // namespace

Method method_from(std::string_view text) {
  for (std::size_t i = 0; i + 1 < kNames.size(); ++i) {
    if (text == kNames[i]) return static_cast<Method>(i);
  }
  return Method::other;
}

std::string_view to_string(Method method) {
  return kNames[static_cast<std::size_t>(method)];
}

}  // namespace wayside
