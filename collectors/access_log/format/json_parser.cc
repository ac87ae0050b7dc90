#include "collectors/access_log/format/json_parser.h"

#include <utility>

#include "collectors/access_log/format/line_prefix.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {
namespace {

// A line of text among others of JSON is of another format, and not a broken one of this.
ParseProblem problem_of(const char* p) {
  while (*p == ' ' || *p == '\t') ++p;
  return *p == '{' ? ParseProblem::bad_json : ParseProblem::no_match;
}

// So much of the line as can be read without looking for its end.
std::string_view view_to_newline(const char* p) {
  const std::string_view bytes(p, kReadableAfterBlock);
  return bytes.substr(0, bytes.find('\n'));
}

}  // namespace

JsonParser::JsonParser(std::shared_ptr<const JsonKeys> keys, JsonHabits habits, JsonWays ways)
    : keys_(std::move(keys)),
      walk_(*keys_),
      shapes_(ways != JsonWays::portable_shapes && has_avx2()),
      reader_(habits),
      ways_(ways) {}

void JsonParser::parse(std::string_view block, RequestSink& sink, ParseCounts& counts) {
  const char* p = block.data();
  const char* const end = p + block.size();
  while (p < end) {
    if (*p == '\n' || (*p == '\r' && p[1] == '\n')) {
      p += *p == '\n' ? 1 : 2;
      continue;
    }
    ++counts.lines;
    if (*p != '{') p += supervisor_prefix_size(view_to_newline(p));
    const char* const next = find_values(p);
    if (next == nullptr) {
      const char* const line = p;
      p = best_scanner().find(p, '\n') + 1;
      counts.add(problem_of(line), {line, static_cast<std::size_t>(p - line - 1)});
      continue;
    }
    take_line({p, static_cast<std::size_t>(next - p - 1)}, counts);
    p = next;
    if (requests_used_ == kBatch || attempts_used_ + Attempts::kMost > kAttemptRoom ||
        scratch_.crowded()) {
      flush(sink);
    }
  }
  flush(sink);
}

const char* JsonParser::find_values(const char* p) {
  if (ways_ == JsonWays::walk_only) return walk(p);
  slots_.clear();
  const char* next = shapes_.read(p, slots_);
  if (next != nullptr) return next;
  next = walk(p);
  if (next != nullptr) shapes_.learn({p, static_cast<std::size_t>(next - p)}, leaves_);
  return next;
}

const char* JsonParser::walk(const char* p) {
  slots_.clear();
  leaves_.clear();
  return walk_.line(p, slots_, leaves_);
}

void JsonParser::take_line(std::string_view line, ParseCounts& counts) {
  Request& request = requests_[requests_used_];
  Attempts attempts;
  attempts.start(attempts_.data() + attempts_used_);
  switch (reader_.read(slots_, attempts, scratch_, request)) {
    case JsonRequests::Outcome::request:
      attempts_used_ += request.attempts.size();
      ++requests_used_;
      ++by_dialect_[static_cast<std::size_t>(reader_.dialect())];
      return;
    case JsonRequests::Outcome::other:
      ++counts.others;
      return;
    case JsonRequests::Outcome::problem:
      counts.add(reader_.problem(), line);
      return;
  }
}

void JsonParser::flush(RequestSink& sink) {
  if (requests_used_ > 0) sink.on({requests_.data(), requests_used_});
  requests_used_ = 0;
  attempts_used_ = 0;
  scratch_.clear();
}

}  // namespace wayside
