#include "collectors/processes/process_table.h"

#include <functional>
#include <string_view>

#include "collectors/processes/command_line.h"
#include "collectors/processes/member_reader.h"
#include "collectors/processes/process_status.h"

namespace wayside {
namespace {

constexpr int kMostAncestors = 64;

}  // namespace

ProcessTable::ProcessTable(const std::vector<ProcessGroupConfig>& groups, ProcFiles& files)
    : groups_(groups), matcher_(groups), files_(files), ports_(matcher_.ports()) {}

Result<void> ProcessTable::refresh(SteadyTime now, const Leaving& leaving) {
  const auto pids = files_.pids();
  if (!pids) return pids.error();
  ++pass_;
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
bool ProcessTable::due(const Process& process, pid_t pid) const {
  if (all_anew_ || process.member || process.looks < kYoung) return true;
  return (static_cast<unsigned>(pid) + pass_) % kLookAgain == 0;
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
  if (read_stat(pid, process, text) != 0) return;
  const auto stat = parse_process_stat(text);
  if (!stat) return;
  if (process != nullptr && process->start_ticks != stat->start_ticks) {
    bury(pid, leaving);
    process = nullptr;
  }
  if (process == nullptr) {
    process = &processes_[pid];
    process->start_ticks = stat->start_ticks;
    process->born_watched = pass_ > 1;
  }
  process->pass = pass_;
  process->parent = static_cast<pid_t>(stat->parent);
  if (process->member) take_stat(*process->member, *stat);
  const bool renamed = process->comm != stat->command;
  if (renamed) process->comm = stat->command;
  if (renamed || all_anew_ || process->looks < kYoung) tell_apart(pid, *process);
  if (process->looks < kYoung) ++process->looks;
}

void ProcessTable::tell_apart(pid_t pid, Process& process) {
  const FileDescriptor directory = files_.open_process(pid);
  if (!directory) return;
  ProcessIdentity identity;
  std::string_view text;
  if (files_.read(directory.get(), "cmdline", text, kMostOfCommandLine) == 0) {
    command_ = shown_command_line(text);
    // A zombie has none any more, and is still what it was.
    if (command_.empty() && process.command_hash != 0) return;
  } else {
    command_.clear();
  }
  if (matcher_.wants_cgroup() && files_.read(directory.get(), "cgroup", text) == 0) {
    cgroup_ = text;
    identity.cgroup = cgroup_;
  }
  if (matcher_.wants_exe()) {
    exe_ = files_.link(directory.get(), "exe");
    identity.exe = exe_;
  }
  if (matcher_.wants_user() && files_.read(directory.get(), "status", text) == 0) {
    identity.user = parse_process_status(text).user;
  }
  identity.comm = process.comm;
  identity.command = command_;
  identity.ports = ports_.ports_of(pid);
  const auto group = matcher_.match(identity);
  process.command_hash = std::hash<std::string_view>()(command_);
  process.daemon = is_pm2_daemon(command_);
  process.master_title = is_master_title(command_);
  process.spawned = is_spawned_by_python(command_);
  process.helper = is_python_resource_tracker(command_);
  // A child stays what it was for as long as it matches nothing itself.
  if (group || process.matched) {
    process.group = group ? static_cast<int>(*group) : Process::kNoGroup;
  }
  process.matched = group.has_value();
}

// A process without an entry of its own belongs where its parent does, from then on.
int ProcessTable::group_of(Process& process, int depth) {
  if (process.group != Process::kNoGroup || process.matched) return process.group;
  if (depth > kMostAncestors) return Process::kNoGroup;
  const auto parent = processes_.find(process.parent);
  if (parent == processes_.end() || &parent->second == &process) return Process::kNoGroup;
  const int group = group_of(parent->second, depth + 1);
  if (group == Process::kNoGroup || !groups_[static_cast<std::size_t>(group)].children) {
    return Process::kNoGroup;
  }
  process.group = group;
  return group;
}

// PM2's daemon, which no entry names, belongs to the group that all its children belong to.
void ProcessTable::adopt_daemons() {
  std::unordered_map<pid_t, int> groups;
  for (const auto& [pid, process] : processes_) {
    if (process.group == Process::kNoGroup) continue;
    const auto parent = processes_.find(process.parent);
    if (parent == processes_.end() || !parent->second.daemon) continue;
    const auto [at, first] = groups.emplace(parent->first, process.group);
    if (!first && at->second != process.group) at->second = Process::kNoGroup;
  }
  for (const auto& [pid, group] : groups) {
    Process& daemon = processes_.at(pid);
    if (daemon.group == Process::kNoGroup) daemon.group = group;
  }
}

void ProcessTable::settle_groups(const Leaving& leaving) {
  for (auto& [pid, process] : processes_) group_of(process, 0);
  adopt_daemons();
  for (auto& [pid, process] : processes_) {
    const bool moved = process.member && process.member->group != process.group;
    if (moved) {
      leaving(process);
      process.member.reset();
    }
    if (process.group == Process::kNoGroup || process.member) continue;
    process.member = std::make_unique<Member>();
    process.member->pid = pid;
    process.member->group = process.group;
    process.member->start_ticks = process.start_ticks;
    process.member->whole = process.born_watched && process.looks < kYoung && !moved;
  }
}

}  // namespace wayside
