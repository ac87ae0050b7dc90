#pragma once

#include <array>
#include <string_view>

#include "agent/core/result.h"
#include "agent/store/store.h"
#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/source/file_set.h"

namespace wayside {

// What one source tells of itself, as series of the store. Written by the shard's thread alone.
class SourceTelemetry {
 public:
  // Counts of lines, as they are read.
  void count(const ParseCounts& counts) const;
  void count_unknown_format(std::uint64_t lines) const;
  // Figures of files, as of now.
  void show(const FollowStats& stats);
  // Nothing is followed any more.
  void clear();

 private:
  friend class FileFamilies;
  SeriesRef lines_, bytes_, files_, lag_, age_, lost_, rotations_, truncations_;
  std::array<SeriesRef, kParseProblems> problems_;
  SeriesRef unknown_format_;
  FollowStats shown_;
};

// The families that collectors of files share, declared in a store.
class FileFamilies {
 public:
  static Result<FileFamilies> declare(Store& store);

  // The series of one source: its path or glob as it is configured.
  [[nodiscard]] SourceTelemetry source(Shard& shard, std::string_view collector,
                                       std::string_view source) const;

 private:
  FamilyId lines_, bytes_, errors_, files_, lag_, age_, lost_, rotations_, truncations_;
};

}  // namespace wayside
