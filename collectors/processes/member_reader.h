#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/time.h"
#include "collectors/processes/proc_files.h"
#include "collectors/processes/process.h"

namespace wayside {

// Takes over what a member's stat says.
void take_stat(Member& member, const ProcessStat& stat);

// Reads what is told of members, within bounds: descriptors that stay open take at most a quarter
// of those the agent may have, and a pass spends at most kProportionalTime on proportional memory,
// which the kernel adds up page by page. One thread.
class MemberReader {
 public:
  static constexpr std::chrono::milliseconds kProportionalTime{2};
  static constexpr std::chrono::seconds kProportionalGap{60};
  static constexpr std::size_t kMostThreads = 256;  // beyond, switches are not told
  // Each thread is a file: processes of more threads in all take turns.
  static constexpr std::size_t kMostThreadsOfPass = 1024;
  // More members than these take turns: the stat of each is read in every pass, its other files
  // in every second, third … one.
  static constexpr std::size_t kMostDetails = 512;

  explicit MemberReader(ProcFiles& files);

  // Before the members of a pass are read, about so many.
  void begin(std::size_t members);
  // Its stat, of a member just found; then its other files. What vanishes meanwhile is absent.
  void read(Member& member);
  // Its stat alone.
  bool read_stat(Member& member);
  // How often threads gave up the CPU, of members that have several, the longest unread first.
  void read_switches(std::vector<Member*>& members);
  // The proportional memory of those whose time has come, the longest unread first.
  void read_proportional(std::vector<Member*>& members, SteadyTime now);

  // What cannot be seen of some of these for want of a right.
  [[nodiscard]] static std::vector<Outcome::Part> parts(std::span<Member* const> members);

 private:
  void keep_open(Member& member);
  int read_record(const FileDescriptor& file, int directory, const char* name,
                  std::string_view& text);
  void read_status(Member& member, int directory);
  void read_switches_of(Member& member);
  void take_switches(Member& member);
  void read_io(Member& member, int directory);
  void read_files(Member& member, int directory);
  void read_proportional_of(Member& member, SteadyTime now);

  ProcFiles& files_;
  std::vector<pid_t> threads_;
  std::vector<ThreadSwitches> switches_;
  std::size_t may_keep_;
  std::size_t kept_ = 0;
  unsigned pass_ = 0;
  unsigned turns_ = 1;
};

}  // namespace wayside
