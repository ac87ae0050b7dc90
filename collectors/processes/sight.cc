#include "collectors/processes/sight.h"

namespace wayside {
namespace {

constexpr const char* kHidden =
    "only some processes are visible (hidepid of /proc); the group of the mount option gid, or "
    "CAP_SYS_PTRACE, would show all";
constexpr const char* kNoHolder =
    "who listens cannot be seen: the open files of other users' processes need the capability "
    "CAP_SYS_PTRACE";
constexpr const char* kNoProgram =
    "the program (/proc/PID/exe) of other users' processes cannot be read; the capability "
    "CAP_SYS_PTRACE would allow it";

// The first process is there always, and belongs to root.
bool is_hidden(ProcFiles& files) {
  std::string_view text;
  const int code = files.read_record_of(1, "stat", text);
  return is_gone(code) || is_refused(code);
}

// By group, whether some process might be its but for a program that cannot be read.
std::vector<bool> doubted(const ProcessTable& table, std::size_t groups) {
  std::vector<bool> doubted(groups);
  for (const auto& [pid, process] : table.processes()) {
    if (process.doubt != Process::kNoGroup) doubted[static_cast<std::size_t>(process.doubt)] = true;
  }
  return doubted;
}

}  // namespace

void Sight::look(ProcFiles& files, const ProcessTable& table, std::vector<Group>& groups) {
  const bool hidden = is_hidden(files);
  const bool refused = hidden || table.ports().refused();
  const auto doubts = doubted(table, groups.size());
  bool asks_port = false, asks_exe = false, no_holder = false, no_program = false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const ProcessGroupConfig& config = groups[i].config();
    const bool lacks_holder = refused && table.ports().lacks_holder(config.ports);
    groups[i].set_may_hide(hidden || lacks_holder || doubts[i]);
    asks_port = asks_port || !config.ports.empty();
    asks_exe = asks_exe || !config.exe.empty();
    no_holder = no_holder || lacks_holder;
    no_program = no_program || doubts[i];
  }
  parts_ = {{"processes", hidden ? kHidden : ""}};
  if (asks_port) parts_.push_back({"ports", no_holder ? kNoHolder : ""});
  if (asks_exe) parts_.push_back({"exe", no_program ? kNoProgram : ""});
}

}  // namespace wayside
