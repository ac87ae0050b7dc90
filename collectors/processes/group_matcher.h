#pragma once

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/processes/config.h"

namespace wayside {

// A user's number, of a name or of digits; nothing for a name that nobody has.
std::optional<std::uint32_t> user_number(const std::string& user);

// What a process is told by. What is not known matches no condition.
struct ProcessIdentity {
  std::string_view comm;
  std::string_view command;              // as shown_command_line has it
  std::optional<std::string_view> exe;   // where /proc/PID/exe leads; absent: may not be read
  std::string_view cgroup;               // the text of /proc/PID/cgroup
  std::optional<std::uint32_t> user;     // the effective one
  std::span<const std::uint16_t> ports;  // that it listens on, of those the config names
};

// Which entry of the config a process matches. Names of users are looked up once, when it is made.
class GroupMatcher {
 public:
  explicit GroupMatcher(const std::vector<ProcessGroupConfig>& groups);

  // The first entry whose conditions all hold.
  [[nodiscard]] std::optional<std::size_t> match(const ProcessIdentity& identity) const;

  // The first entry that it would match by a program that cannot be told.
  [[nodiscard]] std::optional<std::size_t> might_match(const ProcessIdentity& identity) const;

  // Whether any entry asks for it: nobody reads what nobody asks for.
  [[nodiscard]] bool wants_exe() const { return wants_exe_; }
  [[nodiscard]] bool wants_user() const { return wants_user_; }
  [[nodiscard]] bool wants_cgroup() const { return wants_cgroup_; }
  [[nodiscard]] std::span<const std::uint16_t> ports() const { return ports_; }

 private:
  struct Entry {
    ProcessGroupConfig config;
    std::unique_ptr<re2::RE2> command;
    std::vector<std::uint32_t> users;
  };
  static bool holds(const Entry& entry, const ProcessIdentity& identity);
  static bool rest_holds(const Entry& entry, const ProcessIdentity& identity);

  std::vector<Entry> entries_;
  std::vector<std::uint16_t> ports_;
  bool wants_exe_ = false;
  bool wants_user_ = false;
  bool wants_cgroup_ = false;
};

}  // namespace wayside
