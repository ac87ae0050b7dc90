#pragma once

#include <optional>
#include <string>

namespace wayside {

// The name a file had before it was rotated, where `name` reads as one that rotation gives
// (access.log.1, access.log-20261124, access.log.old, access-20261124.log, access.1.log) and the
// former one matches `component`, the last of a pattern (see `matches`). Nothing for any other
// name, compressed files among them.
std::optional<std::string> name_before_rotation(const std::string& name,
                                                const std::string& component);

}  // namespace wayside
