#include "collectors/processes/collector.h"

#include <algorithm>
#include <utility>

#include "collectors/processes/group_families.h"
#include "collectors/processes/worker_families.h"

namespace wayside {

ProcessesCollector::ProcessesCollector(std::vector<ProcessGroupConfig> groups,
                                       const ProcessesContext& context)
    : context_(context),
      files_(context.environment.proc),
      table_(groups, files_),
      reader_(files_),
      machine_(context.environment.proc),
      cgroups_(context.environment),
      observers_(make_group_observers(groups, context)) {
  for (ProcessGroupConfig& group : groups) groups_.emplace_back(std::move(group));
}

Outcome ProcessesCollector::poll(SteadyTime /*deadline*/, FamilyList& out) {
  const SteadyTime now = context_.environment.clock->steady();
  machine_.refresh();
  if (auto read = read_members(now); !read) return Outcome::failed(read.error().message);
  add_group_families(groups_, machine_.booted(), out);
  add_worker_families(groups_, machine_.booted(), out);
  cgroups_.refresh(groups_, out);
  views_.rebuild(groups_, machine_, cgroups_.memory(), now);
  sampled_ = now;
  for (const auto& observer : observers_) {
    observer->polled(views_.all(), context_.environment.clock->wall(), now, out);
  }
  return outcome();
}

Result<void> ProcessesCollector::read_members(SteadyTime now) {
  const auto leaving = [&](const Process& process) {
    groups_[static_cast<std::size_t>(process.member->group)].leave(process, now);
  };
  if (auto listed = table_.refresh(now, leaving); !listed) return listed.error();
  for (Group& group : groups_) group.begin();
  reader_.begin(members_.size());
  members_.clear();
  for (auto& [pid, process] : table_.processes()) {
    if (!process.member) continue;
    reader_.read(*process.member);
    if (process.member->reads == 0) continue;  // it vanished before it could be read
    groups_[static_cast<std::size_t>(process.group)].join(process);
    members_.push_back(process.member.get());
  }
  reader_.read_switches(members_);
  for (Group& group : groups_) group.settle(table_.processes(), machine_.uptime(), now);
  sight_.look(files_, table_, groups_);
  reader_.read_proportional(members_, now);
  return {};
}

Outcome ProcessesCollector::outcome() {
  Outcome outcome;
  outcome.parts = MemberReader::parts(members_);
  outcome.parts.insert(outcome.parts.end(), sight_.parts().begin(), sight_.parts().end());
  outcome.parts.push_back({"cgroups", cgroups_.why()});
  for (const auto& observer : observers_) {
    for (auto& part : observer->parts()) outcome.parts.push_back(std::move(part));
  }
  blind_for_.clear();
  for (const Outcome::Part& part : outcome.parts) {
    if (!part.why.empty()) blind_for_ += (blind_for_.empty() ? "" : ", ") + part.name;
  }
  return outcome;
}

void ProcessesCollector::sample() {
  const SteadyTime now = context_.environment.clock->steady();
  if (now - sampled_ >= kMemberSampling) sample_members(now);
  for (const auto& observer : observers_) observer->sampled(views_.all(), now);
}

void ProcessesCollector::sample_members(SteadyTime now) {
  sampled_ = now;
  std::size_t left = kMostSampled;
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const auto& members = groups_[i].members();
    if (members.empty() || members.size() > left) continue;
    left -= members.size();
    for (const Process* process : members) {
      Member& member = *process->member;
      if (reader_.read_stat(member)) {
        groups_[i].account(member);
      } else {
        member.state = 'X';
      }
    }
    views_.refresh(i, now);
  }
}

std::string ProcessesCollector::describe() const {
  std::string text;
  for (const Group& group : groups_) {
    const std::string seen = group.told() ? std::to_string(group.members().size()) : "not seen";
    text += (text.empty() ? "" : ", ") + group.config().name + " (" + seen + ")";
  }
  return blind_for_.empty() ? text : text + "; cannot see all of: " + blind_for_;
}

}  // namespace wayside
