#include "collectors/access_log/telemetry.h"

#include <string>
#include <utility>

#include "collectors/access_log/name.h"

namespace wayside {
namespace {

// The reason where no format is known to read a line by.
constexpr std::string_view kUnknownFormat = "unknown_format";

struct Family {
  std::string name, help, unit;
  Kind kind;
  bool by_reason = false;
};

Result<FamilyId> declare_family(Store& store, Family family) {
  std::vector<std::string> labels = {"collector", "source"};
  if (family.by_reason) labels.emplace_back("reason");
  return store.declare({.name = std::move(family.name),
                        .help = std::move(family.help),
                        .unit = std::move(family.unit),
                        .kind = family.kind,
                        .labels = std::move(labels),
                        .bounds = {},
                        .max_series = 2000,
                        .overflow_keeps = 1},
                       kAccessLog);
}

}  // namespace

Result<FileFamilies> FileFamilies::declare(Store& store) {
  FileFamilies families;
  const std::array<std::pair<FamilyId*, Family>, 11> all = {{
      {&families.lines_,
       {"wayside_lines_read_total", "Lines read from sources, empty ones left aside.", "",
        Kind::counter}},
      {&families.bytes_,
       {"wayside_read_bytes_total",
        "Bytes of whole lines read from files, and all bytes of other sources.", "bytes",
        Kind::counter}},
      {&families.errors_,
       {"wayside_parse_errors_total", "Lines that could not be read as what they should be.", "",
        Kind::counter, true}},
      {&families.others_,
       {"wayside_other_lines_total",
        "Well-formed lines that tell of no request, or of one that another line told of.", "",
        Kind::counter}},
      {&families.files_,
       {"wayside_source_files", "Files that are followed now, rotated ones included.", "",
        Kind::gauge}},
      {&families.lag_,
       {"wayside_source_lag_bytes",
        "Bytes that stand in followed files and pipes and are not read yet.", "bytes",
        Kind::gauge}},
      {&families.age_,
       {"wayside_source_lag_seconds",
        "How long the oldest unread byte of followed files has been known of.", "seconds",
        Kind::gauge}},
      {&families.lost_,
       {"wayside_source_lost_bytes_total",
        "Bytes known to have stood in files that were deleted or cut before they were read.",
        "bytes", Kind::counter}},
      {&families.rotations_,
       {"wayside_file_rotations_total", "New files that took the name of a followed one.", "",
        Kind::counter}},
      {&families.truncations_,
       {"wayside_file_truncations_total",
        "Followed files that shrank or were written anew, and were read from their start.", "",
        Kind::counter}},
      {&families.lost_messages_,
       {"wayside_source_lost_messages_total",
        "Messages lost before they could be read: a socket's buffer was full, or the journal is "
        "damaged.",
        "", Kind::counter}},
  }};
  for (const auto& [id, family] : all) {
    auto declared = declare_family(store, family);
    if (!declared) return declared.error();
    *id = *declared;
  }
  return families;
}

SourceTelemetry FileFamilies::source(Shard& shard, std::string_view collector,
                                     std::string_view source) const {
  const std::array<std::string_view, 2> values = {collector, source};
  SourceTelemetry telemetry = lines_of(shard, collector, source);
  telemetry.files_ = shard.series(files_, values);
  telemetry.lag_ = shard.series(lag_, values);
  telemetry.age_ = shard.series(age_, values);
  telemetry.lost_ = shard.series(lost_, values);
  telemetry.rotations_ = shard.series(rotations_, values);
  telemetry.truncations_ = shard.series(truncations_, values);
  return telemetry;
}

SourceTelemetry FileFamilies::feed(Shard& shard, std::string_view collector,
                                   std::string_view source, bool tells_lag) const {
  const std::array<std::string_view, 2> values = {collector, source};
  SourceTelemetry telemetry = lines_of(shard, collector, source);
  telemetry.lost_messages_ = shard.series(lost_messages_, values);
  if (tells_lag) telemetry.lag_ = shard.series(lag_, values);
  return telemetry;
}

SourceTelemetry FileFamilies::lines_of(Shard& shard, std::string_view collector,
                                       std::string_view source) const {
  const std::array<std::string_view, 2> values = {collector, source};
  SourceTelemetry telemetry;
  telemetry.lines_ = shard.series(lines_, values);
  telemetry.bytes_ = shard.series(bytes_, values);
  telemetry.others_ = shard.series(others_, values);
  const auto problem = [&](std::string_view reason) {
    return shard.series(errors_, std::array<std::string_view, 3>{collector, source, reason});
  };
  for (std::size_t i = 0; i < kParseProblems; ++i) {
    telemetry.problems_[i] = problem(to_string(static_cast<ParseProblem>(i)));
  }
  telemetry.unknown_format_ = problem(kUnknownFormat);
  return telemetry;
}

void SourceTelemetry::count(const std::string& file, const ParseCounts& counts) const {
  Shard::add(others_, counts.others);
  bool any = false;
  for (std::size_t i = 0; i < kParseProblems; ++i) {
    if (counts.problems[i] == 0) continue;
    Shard::add(problems_[i], counts.problems[i]);
    any = true;
  }
  // Last of all, so that whoever sees that a line was read sees what became of it.
  Shard::add(lines_, counts.lines);
  if (any && notes_ != nullptr) notes_->note(file, counts);
}

void SourceTelemetry::count_unknown_format(const std::string& file, std::uint64_t lines,
                                           std::string_view block) const {
  Shard::add(unknown_format_, lines);
  Shard::add(lines_, lines);
  if (lines > 0 && notes_ != nullptr) notes_->note(file, kUnknownFormat, lines, block);
}

void SourceTelemetry::tell_of_no_request(const std::string& file, std::string_view block) const {
  if (notes_ != nullptr) notes_->tell_of_no_request(file, block);
}

void SourceTelemetry::show(const FollowStats& stats) {
  Shard::add(bytes_, stats.read_bytes - shown_.read_bytes);
  Shard::add(rotations_, stats.rotations - shown_.rotations);
  Shard::add(truncations_, stats.truncations - shown_.truncations);
  Shard::add(lost_, stats.lost_bytes - shown_.lost_bytes);
  show_lag(stats.lag_bytes);
  if (stats.lag_age) {
    Shard::set(age_, seconds(*stats.lag_age));
  } else {
    Shard::unset(age_);
  }
  Shard::set(files_, static_cast<double>(stats.files));
  shown_ = stats;
}

void SourceTelemetry::show(const FeedStats& stats) {
  Shard::add(bytes_, stats.read_bytes - fed_.read_bytes);
  Shard::add(lost_messages_, stats.lost - fed_.lost);
  if (lag_) show_lag(stats.lag_bytes);
  fed_ = stats;
}

void SourceTelemetry::show_lag(std::optional<std::uint64_t> bytes) const {
  if (bytes) {
    Shard::set(lag_, static_cast<double>(*bytes));
  } else {
    Shard::unset(lag_);
  }
}

void SourceTelemetry::clear() {
  if (lost_messages_) {
    FeedStats last = fed_;
    last.lag_bytes.reset();
    show(last);
    return;
  }
  FollowStats last = shown_;
  last.files = 0;
  last.lag_bytes.reset();
  last.lag_age.reset();
  show(last);
}

}  // namespace wayside
