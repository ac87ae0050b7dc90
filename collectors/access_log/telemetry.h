#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "agent/store/store.h"
#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/problem_notes.h"
#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/file_set.h"

namespace wayside {

// What one source tells of itself, as series of the store. Written by the shard's thread alone.
class SourceTelemetry {
 public:
  // Lines that cannot be read are told there as well. `notes` outlives it.
  void tell(ProblemNotes& notes) { notes_ = &notes; }

  // Counts of lines of a file or feed, as they are read.
  void count(const std::string& file, const ParseCounts& counts) const;
  void count_unknown_format(const std::string& file, std::uint64_t lines,
                            std::string_view block) const;
  // Lines were read so far, and none of them told of a request; `block` begins with one.
  void tell_of_no_request(const std::string& file, std::string_view block) const;
  // Figures of files, or of a feed, as of now. Where nothing is open to be read, no lag is told.
  void show(const FollowStats& stats);
  void show(const FeedStats& stats);
  // Nothing is followed any more.
  void clear();

 private:
  friend class FileFamilies;
  void show_lag(std::optional<std::uint64_t> bytes) const;
  SeriesRef lines_, bytes_, others_, files_, lag_, age_, lost_, rotations_, truncations_,
      lost_messages_;
  std::array<SeriesRef, kParseProblems> problems_;
  SeriesRef unknown_format_;
  ProblemNotes* notes_ = nullptr;
  FollowStats shown_;
  FeedStats fed_;
};

// The families that collectors of files and feeds share, declared in a store.
class FileFamilies {
 public:
  static Result<FileFamilies> declare(Store& store);

  // The series of one source: its path or glob as it is configured.
  [[nodiscard]] SourceTelemetry source(Shard& shard, std::string_view collector,
                                       std::string_view source) const;
  // The same of a feed: `tells_lag` where it knows what waits to be read.
  [[nodiscard]] SourceTelemetry feed(Shard& shard, std::string_view collector,
                                     std::string_view source, bool tells_lag) const;

 private:
  [[nodiscard]] SourceTelemetry lines_of(Shard& shard, std::string_view collector,
                                         std::string_view source) const;
  FamilyId lines_, bytes_, errors_, others_, files_, lag_, age_, lost_, rotations_, truncations_,
      lost_messages_;
};

}  // namespace wayside
