#pragma once

#include <string_view>

namespace wayside {

// What stands in front of a line that a logger wrote, in bytes; 0 where nothing of it does.

// "Nov 23 22:31:31 host haproxy[123]: ", with or without "<134>" in front, or "haproxy[123]: ".
std::size_t syslog_prefix_size(std::string_view line);
// gunicorn's "[2026-11-23 22:31:31 +0000] [123] [INFO] ".
std::size_t logger_prefix_size(std::string_view line);
// uvicorn's "INFO:     ".
std::size_t level_prefix_size(std::string_view line);

// What runs a service puts in front of the JSON objects it logs: PM2's "2026-11-23 22:31:31: " and
// "0|api  | ", or a bare time. Words are none of it: they may tell what the line is about.
std::size_t supervisor_prefix_size(std::string_view line);

// Whether a line is of a logger, whatever it says.
bool has_logger_prefix(std::string_view line);
bool has_level_prefix(std::string_view line);
// Whether HAProxy says in it that a proxy or server went up or down, or tells of a connection.
bool is_haproxy_notice(std::string_view line);
// Whether a line beside nginx's access lines is of its error log ("2026/11/23 22:31:31 [notice]
// …"), of its image's start, or of gunicorn's logger: what a container writes to both its outputs.
bool is_server_notice(std::string_view line);

}  // namespace wayside
