#include "collectors/access_log/log_lines.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "collectors/access_log/format/formats.h"

namespace wayside {
namespace {

std::uint64_t problems_of(const ParseCounts& counts) {
  return std::accumulate(counts.problems.begin(), counts.problems.end(), std::uint64_t{0});
}

// The first whole lines of a block, at most `bytes` of them but at least one line.
std::string_view first_lines(std::string_view block, std::size_t bytes) {
  if (block.size() <= bytes) return block;
  const auto end = block.rfind('\n', bytes);
  return block.substr(0, (end == std::string_view::npos ? block.find('\n') : end) + 1);
}

std::uint64_t lines_in(std::string_view block) {
  std::uint64_t lines = 0;
  while (!block.empty()) {
    const auto end = std::min(block.find('\n'), block.size() - 1);
    if (end > 0 && block.substr(0, end) != "\r") ++lines;
    block.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace

FormatBook::FormatBook(FormatPtr given, FormatOptions options, Log& log)
    : given_(std::move(given)), options_(std::move(options)), log_(log) {}

FormatPtr FormatBook::decide(const std::string& path, std::string_view lines) {
  if (given_) {
    warn_of_no_duration(*given_, path);
    return given_;
  }
  auto told = tell_format(lines, options_);
  if (!told) {
    if (undecided_.size() < kMaxPaths && undecided_.insert(path).second) {
      log_.write(Level::warn,
                 "access_log: the format of " + path + " cannot be told: " + told.error().message +
                     "; give it as `format:`, as nginx has it written, or leave the file out of "
                     "the path");
    }
    return nullptr;
  }
  auto& format = by_text_[std::string((*told)->text())];
  if (!format) format = std::move(*told);
  announce(path, *format);
  if (by_path_.size() >= kMaxPaths) by_path_.clear();
  by_path_[path] = format;
  undecided_.erase(path);
  return format;
}

FormatPtr FormatBook::last(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second;
}

void FormatBook::announce(const std::string& path, const LineFormat& format) {
  const auto before = last(path);
  const bool news = !before || before->text() != format.text();
  log_.write(news ? Level::info : Level::debug,
             "access_log: " + path + ": recognised as " + format.shown());
  warn_of_no_duration(format, path);
}

void FormatBook::warn_of_no_duration(const LineFormat& format, const std::string& path) {
  if (format.has_duration() || std::exchange(warned_of_no_duration_, true)) return;
  log_.write(Level::warn,
             "access_log: " + path +
                 ": its format tells no durations, so requests are counted and nothing more; " +
                 format.duration_advice());
}

LogLines::LogLines(std::string path, FormatBook& formats, RequestSink& requests,
                   const SourceTelemetry& telemetry)
    : path_(std::move(path)), formats_(formats), requests_(requests), telemetry_(telemetry) {}

void LogLines::use(FormatPtr format) {
  if (format_ == format) return;
  format_ = std::move(format);
  parser_ = format_->parser();
}

bool LogLines::decide(std::string_view lines) {
  if (lines.empty() && !formats_.given()) return false;
  auto format = formats_.decide(path_, lines);
  if (!format) return false;
  use(std::move(format));
  return true;
}

void LogLines::head(std::string_view lines) {
  if (decide(lines)) return;
  // A new file that begins oddly is written as the one before it was.
  if (auto last = formats_.last(path_)) use(std::move(last));
}

void LogLines::lines(std::string_view block) {
  if (!parser_ && !decide(first_lines(block, kDecideBytes))) {
    telemetry_.count_unknown_format(path_, lines_in(block), block);
    return;
  }
  ParseCounts counts;
  parser_->parse(block, requests_, counts);
  if (doubts(counts)) {
    const auto before = format_;
    if (decide(first_lines(block, kDecideBytes)) && format_ != before) {
      // Nothing of the block was handed on so far: all of it was unreadable.
      counts = {};
      parser_->parse(block, requests_, counts);
    }
  }
  telemetry_.count(path_, counts);
}

bool LogLines::doubts(const ParseCounts& counts) {
  const bool all_wrong = counts.lines > 0 && problems_of(counts) == counts.lines;
  if (!all_wrong) {
    if (counts.lines > 0) unread_in_a_row_ = 0;
    return false;
  }
  unread_in_a_row_ += counts.lines;
  return !formats_.given() && unread_in_a_row_ >= kDoubt;
}

void LogLines::line_too_long() {
  ParseCounts counts;
  counts.lines = 1;
  counts.problems[static_cast<std::size_t>(ParseProblem::line_too_long)] = 1;
  telemetry_.count(path_, counts);
}

}  // namespace wayside
