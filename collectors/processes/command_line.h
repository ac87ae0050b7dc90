#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wayside {

// The text of /proc/PID/cmdline for people and patterns: arguments separated by blanks, as valid
// UTF-8, without the zero bytes and blanks at its end (a process that writes its own title leaves
// them).
std::string shown_command_line(std::string_view text);

// The same with each word's folder taken away: "node server.js" of "/usr/bin/node /srv/server.js".
// A cluster of Node starts its workers by whole paths, however the first was started.
std::string without_folders(std::string_view command);

// How much of a command line is read.
inline constexpr std::size_t kMostOfCommandLine = 4096;

// Whether the title says that the process only leads others: PM2's daemon, the masters of
// gunicorn, nginx and php-fpm.
bool is_master_title(std::string_view command);
bool is_pm2_daemon(std::string_view command);
// Whether it is one of the processes that Python's multiprocessing starts, as uvicorn's workers.
bool is_spawned_by_python(std::string_view command);
// Python's own helper beside such workers, which does no work.
bool is_python_resource_tracker(std::string_view command);

}  // namespace wayside
