#pragma once

#include <memory>
#include <string>

#include "agent/core/result.h"
#include "agent/system/cgroup_figures.h"
#include "agent/system/cgroup_tree.h"

namespace wayside {

// Reads one cgroup again and again, its counters from files that stay open (at most ten). One
// thread at a time. A cgroup that is removed and made again under its name is read again, with its
// counters from zero.
class CgroupReader {
 public:
  explicit CgroupReader(CgroupPlaces places);
  CgroupReader(CgroupReader&&) noexcept;
  CgroupReader& operator=(CgroupReader&&) noexcept;
  ~CgroupReader();

  // An error only where nothing of it can be read, as when it was removed.
  Result<CgroupFigures> read();
  // What the last read was not allowed to see, for a person; empty where that is nothing.
  [[nodiscard]] std::string refused() const;
  [[nodiscard]] const CgroupPlaces& places() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wayside
