#include "collectors/access_log/log_lines.h"

#include <utility>

#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/format/json_format.h"
#include "collectors/access_log/line_blocks.h"

namespace wayside {

LogLines::LogLines(std::string path, FormatBook& formats, RequestSink& requests,
                   const SourceTelemetry& telemetry)
    : path_(std::move(path)), formats_(formats), requests_(requests), telemetry_(telemetry) {}

void LogLines::use(FormatPtr format, std::string_view told_by) {
  if (format->unnamed() && !formats_.is_settled(path_)) {
    more_.begin(told_by);
  } else {
    more_.end();
  }
  if (format_ == format) return;
  format_ = std::move(format);
  parser_ = format_->parser();
  doubt_at_ = 1;
  talk_ = 0;
}

void LogLines::head(std::string_view lines) {
  if (lines.empty() && !formats_.given()) return;
  if (auto told = formats_.tell(path_, lines)) {
    use(std::move(*told), lines);
  } else if (auto last = formats_.last(path_)) {
    // A new file that begins oddly is written as the one before it was.
    use(std::move(last), {});
  } else if (search(lines).empty()) {
    formats_.give_up(path_, told.error());
  }
}

void LogLines::lines(std::string_view block) {
  while (!block.empty()) {
    const auto piece = first_lines(block, kPieceBytes);
    block.remove_prefix(piece.size());
    if (parser_) {
      read(piece);
    } else {
      read_unknown(piece);
    }
  }
}

// What stands in front of the lines that tell their format remains unread.
void LogLines::read_unknown(std::string_view lines) {
  auto told = formats_.tell(path_, lines);
  std::string_view telling = lines;
  if (!told && searches_++ < kSearches) {
    telling = search(lines);
    if (!telling.empty()) told = formats_.tell(path_, telling);
  }
  if (!told) {
    formats_.give_up(path_, told.error());
    telemetry_.count_unknown_format(path_, lines_in(lines), lines);
    return;
  }
  use(std::move(*told), telling);
  const auto before = static_cast<std::size_t>(telling.data() - lines.data());
  if (before > 0) {
    const auto unread = lines.substr(0, before);
    telemetry_.count_unknown_format(path_, lines_in(unread), unread);
  }
  read(lines.substr(before));
}

// The first part of lines that tells its format, where all of them together do not; empty where
// there is none. It is looked for among as many as can tell at once.
std::string_view LogLines::search(std::string_view lines) const {
  return find_telling(first_lines(lines, kDetectLines, kPieceBytes));
}

// By halves.
std::string_view LogLines::find_telling(std::string_view lines) const {
  const std::size_t middle = middle_of(lines);
  if (middle == 0) return {};
  for (const auto part : {lines.substr(0, middle), lines.substr(middle)}) {
    if (formats_.told_by(part)) return part;
    if (const auto found = find_telling(part); !found.empty()) return found;
  }
  return {};
}

// Lines of another format may stand in front of those that the file's is told by: they are read by
// their own, and the rest is left.
std::string_view LogLines::read_front(std::string_view lines) {
  const auto front = unread_begin_of(lines, *format_->parser());
  if (front.size() == lines.size() || lines_in(front) < kDoubt) return lines;
  const auto own = formats_.told_by(front);
  if (!own) return lines;
  ParseCounts counts;
  (*own)->parser()->parse(front, requests_, counts);
  telemetry_.count(path_, counts);
  return lines.substr(front.size());
}

// What cannot be read at the end is read again where it tells another format: nothing of it was
// handed on so far.
void LogLines::read(std::string_view lines) {
  for (unsigned turn = 1; !lines.empty(); ++turn) {
    if (doubt_at_ == 1 && !formats_.given()) lines = read_front(lines);
    const FormatPtr format = format_;
    ParseCounts counts;
    parser_->parse(lines, requests_, counts);
    auto unread = unread_end(lines, counts);
    if (!doubts(unread, counts) || turn == kTurns || !tell_anew(unread)) unread = {};
    lines.remove_suffix(unread.size());
    if (!unread.empty()) counts = count_by(*format->parser(), lines);
    telemetry_.count(path_, counts);
    notice_talk(lines, counts);
    if (unread.empty()) learn_more(lines, counts.lines);
    lines = unread;
  }
}

// The lines at the end that cannot be read, where they are so many that this is no accident.
std::string_view LogLines::unread_end(std::string_view lines, const ParseCounts& counts) const {
  const auto problems = problems_of(counts);
  if (problems == counts.lines) return lines;
  if (problems < kDoubt || formats_.given()) return {};
  const auto unread = unread_end_of(lines, *format_->parser());
  return lines_in(unread) < kDoubt ? std::string_view() : unread;
}

bool LogLines::doubts(std::string_view unread, const ParseCounts& counts) {
  if (counts.lines == 0) return false;
  if (problems_of(counts) < counts.lines) {
    unread_in_a_row_ = 0;
    doubt_at_ = kDoubt;
  }
  unread_in_a_row_ += lines_in(unread);
  return !unread.empty() && !formats_.given() && unread_in_a_row_ >= doubt_at_;
}

bool LogLines::tell_anew(std::string_view unread) {
  const FormatPtr before = format_;
  auto told = formats_.tell(path_, unread);
  if (!told || *told == before) {
    doubt_at_ = unread_in_a_row_ * 2;
    return false;
  }
  use(std::move(*told), unread);
  unread_in_a_row_ = 0;
  return true;
}

void LogLines::learn_more(std::string_view lines, std::uint64_t count) {
  if (!more_.wanted() || !more_.add(lines, count)) return;
  const std::size_t unnamed = format_->unnamed().value_or(0);
  const std::size_t at_most = more_.enough() && unnamed > 0 ? unnamed - 1 : unnamed;
  if (auto told = formats_.tell_more(path_, more_.text(), at_most)) {
    format_ = std::move(told);
    parser_ = format_->parser();
  }
  if (!more_.too_many() && !(more_.enough() && format_->unnamed().value_or(0) == 0)) return;
  more_.end();
  formats_.settle(path_);
}

// JSON lines are lines whatever they tell, so that keys nobody knows would show nowhere else.
void LogLines::notice_talk(std::string_view lines, const ParseCounts& counts) {
  if (talk_ > kTalk) return;
  const bool requests = counts.lines > counts.others + problems_of(counts);
  talk_ = requests ? kTalk + 1 : talk_ + counts.others;
  if (talk_ > kTalk && !requests && is_json_name(format_->text())) {
    telemetry_.tell_of_no_request(path_, lines);
  }
}

void LogLines::line_too_long() {
  ParseCounts counts;
  counts.lines = 1;
  counts.problems[static_cast<std::size_t>(ParseProblem::line_too_long)] = 1;
  telemetry_.count(path_, counts);
}

}  // namespace wayside
