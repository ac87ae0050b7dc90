#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

#include "agent/core/collector.h"
#include "agent/core/result.h"
#include "agent/system/family_list.h"
#include "agent/system/kernel_file.h"

namespace wayside {

// What it means that `file` could not be read: one that is not there is nothing, since kernels
// differ in what they have; any other error is a failure.
Outcome unreadable(const KernelFile& file, const Error& error);

// The same outcome of a thing that should be there: having nothing is a failure, and `help` says
// what to do about it.
Outcome required(Outcome came, std::string_view help);
// The help for what every kernel has.
inline constexpr const char* kEveryLinux =
    "every Linux has it, so some of /proc is hidden from wayside (in a systemd unit, by "
    "ProcSubset=pid)";

// A file whose text holds nothing of what it should, and one that is too long to be read whole.
Outcome not_understood(const KernelFile& file);
Outcome too_long(const KernelFile& file);

// Families and samples: whether a text added any. A table without rows is a family without samples.
std::size_t count_added(const FamilyList& out);

// The family that was added last, where it is called so; else a new one. For a family whose
// samples come from several texts.
prometheus::MetricFamily& same_family(FamilyList& out, std::string_view name, std::string_view help,
                                      prometheus::MetricType type);

// Names of families that stand in a text, each taken once and no more than a kernel has of them.
class NamesInText {
 public:
  static constexpr std::size_t kMost = 512;
  // Whether `name` can be a metric's and was not there before.
  bool take(const std::string& name);

 private:
  std::unordered_set<std::string> names_;
};

}  // namespace wayside
