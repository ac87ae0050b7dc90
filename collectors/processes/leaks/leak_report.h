#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/event.h"
#include "agent/system/family_list.h"
#include "collectors/processes/leaks/evidence.h"

namespace wayside {

// What is said of one level of memory: a worker's, or a whole group's.
struct LeakSubject {
  std::string_view group;
  std::string_view service;
  std::string worker = {};          // the label; empty: the group as a whole
  pid_t pid = 0;                    // of the worker
  std::optional<double> limit;      // bytes, of the group's cgroup
  std::optional<double> left = {};  // bytes, to the limit or what the host can still give
};

// Seconds until what is left is used up at the slope. Absent where it does not surely grow, or
// nobody knows what is left.
std::optional<double> exhaustion_seconds(const Evidence& evidence, const LeakSubject& subject);

// The event `leak_suspected`, with the figures behind it.
Event leak_suspected(const LeakSubject& subject, const Evidence& evidence, WallTime now);
// The event `leak_over`. `why`: "growth_ended" or "process_ended".
Event leak_over(const LeakSubject& subject, std::string_view why, WallTime now);

// Adds the three families, of workers or of groups, sample by sample.
class LeakFamilies {
 public:
  LeakFamilies();
  void add(const LeakSubject& subject, bool suspected, const Evidence& evidence);
  void move_to(FamilyList& out);

 private:
  FamilyList workers_, groups_;
};

}  // namespace wayside
