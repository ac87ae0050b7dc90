#include "collectors/processes/command_line.h"

#include <algorithm>
#include <array>

#include "agent/core/labels.h"

namespace wayside {
namespace {

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::string shown_command_line(std::string_view text) {
  constexpr std::string_view kEnd("\0 \n", 3);
  const std::size_t last = text.find_last_not_of(kEnd);
  text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
  std::string shown(text);
  std::replace(shown.begin(), shown.end(), '\0', ' ');
  return mend_utf8(shown);
}

std::string without_folders(std::string_view command) {
  std::string text;
  while (!command.empty()) {
    const std::string_view word = command.substr(0, command.find(' '));
    command.remove_prefix(std::min(word.size() + 1, command.size()));
    text += word.substr(word.rfind('/') + 1);
    text += ' ';
  }
  return text;
}

bool is_pm2_daemon(std::string_view command) {
  return command.starts_with("PM2 ") && holds(command, "God Daemon");
}

bool is_master_title(std::string_view command) {
  constexpr std::array<std::string_view, 3> kTitles = {"gunicorn: master", "nginx: master process",
                                                       "php-fpm: master process"};
  if (is_pm2_daemon(command)) return true;
  return std::any_of(kTitles.begin(), kTitles.end(),
                     [&](std::string_view title) { return command.starts_with(title); });
}

bool is_spawned_by_python(std::string_view command) {
  return holds(command, "from multiprocessing.spawn import spawn_main");
}

bool is_python_resource_tracker(std::string_view command) {
  return holds(command, "from multiprocessing.resource_tracker import main");
}

}  // namespace wayside
