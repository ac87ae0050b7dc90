#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "agent/core/time.h"
#include "agent/system/process_stat.h"
#include "collectors/processes/counts.h"
#include "collectors/processes/proportional_memory.h"

namespace wayside {

// How often one of a process' threads gave up the CPU, or had to. The kernel tells it of threads
// alone, so that those that end must not take theirs along.
struct ThreadSwitches {
  pid_t thread = 0;
  std::uint64_t voluntary = 0;
  std::uint64_t involuntary = 0;
};

// Where a member stands in its group: a place among the workers or the masters, or none.
struct Place {
  bool master = false;
  std::optional<std::size_t> index;
};

// A process that belongs to a group, as it was read last. What could not be read is absent; a
// zombie has no memory and no files.
struct Member {
  pid_t pid = 0;
  int group = -1;
  std::uint64_t start_ticks = 0;
  bool whole = false;        // began under our eyes: its first figures count from zero
  FileDescriptor directory;  // /proc/PID, where there are descriptors to spare
  FileDescriptor stat_file, status_file, io_file;  // the same of these

  char state = '?';
  std::uint64_t threads = 0;
  std::uint64_t virtual_bytes = 0;
  std::uint64_t resident_bytes = 0;
  std::optional<std::uint64_t> anonymous_bytes;
  std::optional<std::uint64_t> swapped_bytes;
  std::optional<std::uint64_t> open_files;
  std::optional<std::uint64_t> file_limit;
  std::optional<ProportionalMemory> proportional;

  std::string cgroup;  // the text of /proc/PID/cgroup

  Counts read_counts;  // as they were read last
  Counts counts;       // as they were last told of
  Counts unplaced;     // what was added before it had a place
  std::vector<ThreadSwitches> switches;
  unsigned switches_read = 0;            // the pass that read those of several threads
  std::uint64_t voluntary_switches = 0;  // summed over all threads it ever had, as far as seen
  std::uint64_t involuntary_switches = 0;
  SteadyTime proportional_due{};
  bool io_refused = false;  // for want of a right
  bool files_refused = false;
  bool proportional_refused = false;
  unsigned reads = 0;   // of its details
  bool helper = false;  // does no work: Python's resource tracker
  Place place;

  [[nodiscard]] bool zombie() const { return state == 'Z' || state == 'X'; }
};

// What is known of any process of the machine.
struct Process {
  static constexpr int kNoGroup = -1;

  std::uint64_t start_ticks = 0;
  pid_t parent = 0;
  std::string comm;
  std::uint64_t command_hash = 0;  // of its command line without folders; 0: not told yet
  bool master_title = false;       // its title says that it leads others
  bool spawned = false;            // by Python's multiprocessing
  bool helper = false;             // does no work: Python's resource tracker
  bool daemon = false;             // PM2's
  bool master = false;             // leads its group's workers
  bool matched = false;            // by an entry of its own, not as a child
  bool born_watched = false;       // after the first pass, and never a member of another group
  int doubt = kNoGroup;            // the group it would be in if its program were the one
  unsigned looks = 0;              // passes that read it
  unsigned pass = 0;               // the last that saw it
  int group = kNoGroup;
  std::unique_ptr<Member> member;
};

}  // namespace wayside
