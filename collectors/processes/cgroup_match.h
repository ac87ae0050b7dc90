#pragma once

#include <string_view>

namespace wayside {

// Whether /proc/PID/cgroup, lines of "id:controllers:path" (cgroups(7)), has a path that is
// `cgroup` or lies below it.
bool is_in_cgroup(std::string_view text, std::string_view cgroup);

// Whether one of the paths has `unit` as one of its parts, as systemd builds them:
// "/system.slice/nginx.service". A unit without a suffix is a service.
bool is_in_unit(std::string_view text, std::string_view unit);

}  // namespace wayside
