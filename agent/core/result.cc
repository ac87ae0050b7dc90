#include "agent/core/result.h"

#include <cerrno>
#include <system_error>

namespace wayside {

Error system_error(std::string_view what) {
  return system_error(what, errno);
}

Error system_error(std::string_view what, int code) {
  return Error{std::string(what) + ": " + std::generic_category().message(code)};
}

}  // namespace wayside
