#include "collectors/processes/process_table.h"

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string_view>

#include "collectors/processes/command_line.h"
#include "collectors/processes/member_reader.h"
#include "collectors/processes/process_status.h"

namespace wayside {
namespace {

constexpr int kMostAncestors = 64;

// Nothing is said of the process: there is no descriptor or no memory for a moment.
bool is_shortage(int code) {
  return code == EMFILE || code == ENFILE || code == ENOMEM;
}

}  // namespace

ProcessTable::ProcessTable(const std::vector<ProcessGroupConfig>& groups, ProcFiles& files)
    : groups_(groups), matcher_(groups), files_(files), ports_(matcher_.ports()) {}

Result<void> ProcessTable::refresh(SteadyTime now, const Leaving& leaving) {
  const auto pids = files_.pids();
  if (!pids) return pids.error();
  ++pass_;
  newest_before_ = newest_;
  all_anew_ = ports_.refresh(files_, *pids, now);
  for (const pid_t pid : *pids) look(pid, leaving);
  for (auto at = processes_.begin(); at != processes_.end();) {
    if (at->second.pass != pass_) {
      if (at->second.member) leaving(at->second);
      at = processes_.erase(at);
    } else {
      ++at;
    }
  }
  settle_groups(leaving);
  return {};
}

// By pid, so that what is due is spread over the passes.
bool ProcessTable::has_turn(pid_t pid) const {
  return (static_cast<unsigned>(pid) + pass_) % kLookAgain == 0;
}

bool ProcessTable::due(const Process& process, pid_t pid) const {
  return all_anew_ || process.member || process.looks < kYoung || has_turn(pid);
}

// A stat that is open tells of the process it was opened for and of no other.
int ProcessTable::read_stat(pid_t pid, Process* process, std::string_view& text) {
  if (process != nullptr && process->member && process->member->stat_file) {
    const int code = files_.reread(process->member->stat_file, text);
    if (code == 0 && !text.empty()) return 0;
    process->member->stat_file.reset();
    process->member->status_file.reset();
    process->member->io_file.reset();
    process->member->directory.reset();
  }
  return files_.read_record_of(pid, "stat", text);
}

void ProcessTable::bury(pid_t pid, const Leaving& leaving) {
  const auto at = processes_.find(pid);
  if (at == processes_.end()) return;
  if (at->second.member) leaving(at->second);
  processes_.erase(at);
}

void ProcessTable::look(pid_t pid, const Leaving& leaving) {
  const auto known = processes_.find(pid);
  Process* process = known == processes_.end() ? nullptr : &known->second;
  if (process != nullptr && !due(*process, pid)) {
    process->pass = pass_;
    return;
  }
  std::string_view text;
  const int code = read_stat(pid, process, text);
  if (process != nullptr && is_shortage(code)) process->pass = pass_;
  if (code != 0) return;
  const auto stat = parse_process_stat(text);
  if (!stat) return;
  if (process != nullptr && process->start_ticks != stat->start_ticks) {
    bury(pid, leaving);
    process = nullptr;
  }
  if (process == nullptr) process = &meet(pid, stat->start_ticks);
  process->pass = pass_;
  process->parent = static_cast<pid_t>(stat->parent);
  if (process->member) take_stat(*process->member, *stat);
  const bool renamed = process->comm != stat->command;
  if (renamed) process->comm = stat->command;
  // Another program may go under the same name: each is told anew in its turn.
  const bool anew = renamed || all_anew_ || process->looks < kYoung || has_turn(pid);
  if (anew) tell_apart(pid, *process);
  if (process->looks < kYoung) ++process->looks;
}

// One that began before another that an earlier pass saw was there then, out of sight: nobody knows
// what of it was counted already.
Process& ProcessTable::meet(pid_t pid, std::uint64_t start_ticks) {
  Process& process = processes_[pid];
  process.start_ticks = start_ticks;
  process.born_watched = pass_ > 1 && start_ticks > newest_before_;
  newest_ = std::max(newest_, start_ticks);
  return process;
}

// Whether it could be read. One that was told before stays what it was where that fails.
bool ProcessTable::read_identity(pid_t pid, const Process& process, ProcessIdentity& identity) {
  const FileDescriptor directory = files_.open_process(pid);
  if (!directory) return false;
  const bool told = process.command_hash != 0;
  std::string_view text;
  const int code = files_.read(directory.get(), "cmdline", text, kMostOfCommandLine);
  command_ = code == 0 ? shown_command_line(text) : std::string();
  // A zombie has none any more, and is still what it was.
  if (told && command_.empty()) return false;
  if (matcher_.wants_cgroup()) {
    if (files_.read(directory.get(), "cgroup", text) != 0 && told) return false;
    cgroup_ = text;
    identity.cgroup = cgroup_;
  }
  if (matcher_.wants_exe()) {
    const bool refused = is_refused(files_.link(directory.get(), "exe", text));
    exe_ = text;
    if (!refused) identity.exe = exe_;
  }
  if (matcher_.wants_user()) {
    if (files_.read(directory.get(), "status", text) != 0 && told) return false;
    identity.user = parse_process_status(text).user;
  }
  identity.comm = process.comm;
  identity.command = command_;
  identity.ports = ports_.ports_of(pid);
  return true;
}

void ProcessTable::tell_apart(pid_t pid, Process& process) {
  ProcessIdentity identity;
  if (!read_identity(pid, process, identity)) return;
  const auto group = matcher_.match(identity);
  process.command_hash = std::hash<std::string>()(without_folders(command_));
  process.daemon = is_pm2_daemon(command_);
  process.master_title = is_master_title(command_);
  process.spawned = is_spawned_by_python(command_);
  process.helper = is_python_resource_tracker(command_);
  // A child stays what it was for as long as it matches nothing itself.
  if (group || process.matched) {
    process.group = group ? static_cast<int>(*group) : Process::kNoGroup;
  }
  process.matched = group.has_value();
  // A thread of the kernel has neither a command line nor a program.
  const bool certain = group || command_.empty();
  const auto doubt = certain ? std::nullopt : matcher_.might_match(identity);
  process.doubt = doubt ? static_cast<int>(*doubt) : Process::kNoGroup;
}

// A process without an entry of its own belongs where its parent does, from then on.
int ProcessTable::group_of(Process& process, int depth) {
  if (process.group != Process::kNoGroup || process.matched) return process.group;
  if (depth > kMostAncestors) return Process::kNoGroup;
  const auto parent = processes_.find(process.parent);
  if (parent == processes_.end() || &parent->second == &process) return Process::kNoGroup;
  if (parent->second.daemon && !parent->second.matched) return Process::kNoGroup;
  const int group = group_of(parent->second, depth + 1);
  if (group == Process::kNoGroup || !groups_[static_cast<std::size_t>(group)].children) {
    return Process::kNoGroup;
  }
  process.group = group;
  return group;
}

// PM2's daemon, which no entry names, belongs to the group that all its children belong to. It
// brings none of them along: applications of one daemon have nothing else in common.
void ProcessTable::adopt_daemons() {
  std::unordered_map<pid_t, int> groups;
  for (const auto& [pid, process] : processes_) {
    const auto parent = processes_.find(process.parent);
    if (parent == processes_.end() || !parent->second.daemon || parent->second.matched) continue;
    // A worker that just began has not its title yet, and changes nothing.
    const bool unsettled = process.group == Process::kNoGroup && process.looks < kYoung;
    if (unsettled && parent->second.group != Process::kNoGroup) continue;
    const auto [at, first] = groups.emplace(parent->first, process.group);
    if (!first && at->second != process.group) at->second = Process::kNoGroup;
  }
  for (const auto& [pid, group] : groups) processes_.at(pid).group = group;
}

void ProcessTable::settle_groups(const Leaving& leaving) {
  for (auto& [pid, process] : processes_) group_of(process, 0);
  adopt_daemons();
  for (auto& [pid, process] : processes_) {
    if (process.member && process.member->group != process.group) {
      leaving(process);
      process.member.reset();
      process.born_watched = false;  // what it did so far is counted
      process.master = false;
    }
    if (process.group == Process::kNoGroup || process.member) continue;
    process.member = std::make_unique<Member>();
    process.member->pid = pid;
    process.member->group = process.group;
    process.member->start_ticks = process.start_ticks;
    process.member->whole = process.born_watched && process.looks < kYoung;
  }
}

}  // namespace wayside
