#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "agent/core/labels.h"
#include "collectors/processes/cgroup_match.h"
#include "collectors/processes/command_line.h"
#include "collectors/processes/directory_entries.h"
#include "collectors/processes/listeners.h"
#include "collectors/processes/machine_figures.h"
#include "collectors/processes/process_io.h"
#include "collectors/processes/process_status.h"
#include "collectors/processes/proportional_memory.h"

// The texts of /proc that the collector `processes` reads, all by each of its parsers, and what
// getdents64(2) writes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(wayside::parse_process_status(text));
  static_cast<void>(wayside::parse_process_io(text));
  static_cast<void>(wayside::parse_smaps_rollup(text));
  static_cast<void>(wayside::parse_uptime(text));
  static_cast<void>(wayside::parse_memory_total(text));
  static_cast<void>(wayside::parse_socket_link(text));
  static_cast<void>(wayside::is_in_cgroup(text, "/a"));
  static_cast<void>(wayside::is_in_unit(text, "a"));
  const std::string command = wayside::shown_command_line(text);
  if (!wayside::is_utf8(command) || command.find('\0') != std::string::npos) std::abort();
  std::vector<wayside::TcpListener> listeners;
  const std::array<std::uint16_t, 1> ports = {8080};
  wayside::parse_listeners(text, ports, listeners);
  for (const auto& listener : listeners) {
    if (listener.port != 8080 || listener.inode == 0) std::abort();
  }
  wayside::each_entry({text.data(), text.size()}, [&](std::string_view name) {
    if (name.data() < text.data() || name.data() + name.size() > text.data() + size) std::abort();
    if (const auto pid = wayside::pid_named(name); pid && *pid <= 0) std::abort();
  });
  return 0;
}
