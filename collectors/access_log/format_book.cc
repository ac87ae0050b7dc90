#include "collectors/access_log/format_book.h"

#include <utility>

#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/format/trial.h"

namespace wayside {
namespace {

bool reads_all(const LineFormat& format, std::string_view lines) {
  const Trial trial = try_lines(*format.parser(), cut_lines(lines));
  return trial.requests > 0 && trial.unread == 0;
}

}  // namespace

FormatBook::FormatBook(FormatPtr given, FormatOptions options, Log& log)
    : given_(std::move(given)), options_(std::move(options)), log_(log) {}

Result<FormatPtr> FormatBook::tell(const std::string& path, std::string_view lines) {
  if (given_) {
    warn_of_no_duration(*given_, path);
    return given_;
  }
  auto before = last(path);
  if (before && reads_all(*before, lines)) return before;
  auto told = tell_format(lines, options_);
  if (!told) return told.error();
  return keep(path, std::move(*told));
}

Result<FormatPtr> FormatBook::told_by(std::string_view lines) const {
  return tell_format(lines, options_);
}

FormatPtr FormatBook::tell_more(const std::string& path, std::string_view lines,
                                std::size_t unnamed) {
  auto told = tell_format(lines, options_);
  if (!told || !(*told)->unnamed() || *(*told)->unnamed() > unnamed) return nullptr;
  const auto before = last(path);
  if (before && before->text() == (*told)->text()) return nullptr;
  return keep(path, std::move(*told));
}

// One object for all files of a format.
FormatPtr FormatBook::keep(const std::string& path, FormatPtr told) {
  auto& format = by_text_[std::string(told->text())];
  if (!format) format = std::move(told);
  const auto before = last(path);
  const bool news = !before || before->text() != format->text();
  log_.write(news ? Level::info : Level::debug,
             "access_log: " + path + ": recognised as " + format->shown());
  warn_of_no_duration(*format, path);
  if (by_path_.size() >= kMaxPaths) by_path_.clear();
  by_path_[path] = {.format = format};
  undecided_.erase(path);
  return format;
}

FormatPtr FormatBook::last(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : found->second.format;
}

bool FormatBook::is_settled(const std::string& path) const {
  const auto found = by_path_.find(path);
  return found != by_path_.end() && found->second.settled;
}

void FormatBook::settle(const std::string& path) {
  if (const auto found = by_path_.find(path); found != by_path_.end()) found->second.settled = true;
}

void FormatBook::give_up(const std::string& path, const Error& why) {
  if (undecided_.size() >= kMaxPaths || !undecided_.insert(path).second) return;
  log_.write(Level::warn, "access_log: the format of " + path + " cannot be told: " + why.message +
                              ", or leave the file out of the path");
}

void FormatBook::warn_of_no_duration(const LineFormat& format, const std::string& path) {
  if (format.has_duration() || std::exchange(warned_of_no_duration_, true)) return;
  log_.write(Level::warn,
             "access_log: " + path +
                 ": its format tells no durations, so requests are counted and nothing more; " +
                 format.duration_advice());
}

}  // namespace wayside
