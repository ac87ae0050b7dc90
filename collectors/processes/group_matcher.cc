#include "collectors/processes/group_matcher.h"

#include <pwd.h>

#include <algorithm>

#include "agent/system/field_text.h"
#include "collectors/processes/cgroup_match.h"

namespace wayside {
namespace {

template <typename List, typename Fn>
bool none_or_any(const List& list, const Fn& fn) {
  return list.empty() || std::any_of(list.begin(), list.end(), fn);
}

// What the kernel adds once the file was replaced, as by an upgrade.
std::string_view without_deleted(std::string_view path) {
  constexpr std::string_view kDeleted = " (deleted)";
  if (path.ends_with(kDeleted)) path.remove_suffix(kDeleted.size());
  return path;
}

bool is_program(std::string_view path, std::string_view wanted) {
  path = without_deleted(path);
  if (wanted.find('/') == std::string_view::npos) path = path.substr(path.rfind('/') + 1);
  return !path.empty() && path == wanted;
}

}  // namespace

std::optional<std::uint32_t> user_number(const std::string& user) {
  if (const auto number = number_in<std::uint32_t>(user)) return number;
  constexpr std::size_t kRoom = 16'384;
  std::vector<char> room(kRoom);
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwnam_r(user.c_str(), &entry, room.data(), room.size(), &found) != 0) return {};
  return found == nullptr ? std::nullopt : std::optional<std::uint32_t>(entry.pw_uid);
}

GroupMatcher::GroupMatcher(const std::vector<ProcessGroupConfig>& groups) {
  for (const ProcessGroupConfig& group : groups) {
    Entry entry{group, nullptr, {}};
    if (!group.command.empty()) {
      entry.command = std::make_unique<re2::RE2>(group.command, re2::RE2::Quiet);
    }
    for (const std::string& user : group.user) {
      if (const auto number = user_number(user)) entry.users.push_back(*number);
    }
    wants_exe_ = wants_exe_ || !group.exe.empty();
    wants_user_ = wants_user_ || !group.user.empty();
    wants_cgroup_ = wants_cgroup_ || !group.cgroup.empty() || !group.unit.empty();
    ports_.insert(ports_.end(), group.ports.begin(), group.ports.end());
    entries_.push_back(std::move(entry));
  }
}

std::optional<std::size_t> GroupMatcher::match(const ProcessIdentity& identity) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (holds(entries_[i], identity)) return i;
  }
  return std::nullopt;
}

std::optional<std::size_t> GroupMatcher::might_match(const ProcessIdentity& identity) const {
  if (identity.exe) return std::nullopt;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (!entries_[i].config.exe.empty() && rest_holds(entries_[i], identity)) return i;
  }
  return std::nullopt;
}

bool GroupMatcher::holds(const Entry& entry, const ProcessIdentity& identity) {
  const auto is = [&](const auto& exe) { return identity.exe && is_program(*identity.exe, exe); };
  return none_or_any(entry.config.exe, is) && rest_holds(entry, identity);
}

// All but its program.
bool GroupMatcher::rest_holds(const Entry& entry, const ProcessIdentity& identity) {
  const ProcessGroupConfig& config = entry.config;
  if (!none_or_any(config.comm, [&](const auto& comm) { return comm == identity.comm; })) {
    return false;
  }
  if (!config.user.empty()) {
    const auto is = [&](std::uint32_t user) { return user == identity.user; };
    if (std::none_of(entry.users.begin(), entry.users.end(), is)) return false;
  }
  const auto in_cgroup = [&](const auto& path) { return is_in_cgroup(identity.cgroup, path); };
  if (!none_or_any(config.cgroup, in_cgroup)) return false;
  const auto in_unit = [&](const auto& unit) { return is_in_unit(identity.cgroup, unit); };
  if (!none_or_any(config.unit, in_unit)) return false;
  const auto listens = [&](std::uint16_t port) {
    return std::find(identity.ports.begin(), identity.ports.end(), port) != identity.ports.end();
  };
  if (!none_or_any(config.ports, listens)) return false;
  return !entry.command ||
         re2::RE2::PartialMatch(re2::StringPiece(identity.command.data(), identity.command.size()),
                                *entry.command);
}

}  // namespace wayside
