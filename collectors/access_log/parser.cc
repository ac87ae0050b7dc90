#include "collectors/access_log/parser.h"

#include <utility>

#include "collectors/access_log/client_address.h"
#include "collectors/access_log/line_scan.h"
#include "collectors/access_log/number_steps.h"
#include "collectors/access_log/request_line.h"

namespace wayside {
namespace {

std::string_view view(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

std::string_view present(std::string_view value) {
  return value.size() == 1 && value.front() == '-' ? std::string_view() : value;
}

// The trace of a W3C traceparent: "00-<32 hex>-<16 hex>-<2 hex>".
std::string_view trace_of(std::string_view traceparent) {
  const bool shaped = traceparent.size() >= 55 && traceparent[2] == '-' && traceparent[35] == '-' &&
                      traceparent[52] == '-';
  return shaped ? traceparent.substr(3, 32) : std::string_view();
}

}  // namespace

std::string_view to_string(ParseProblem problem) {
  constexpr std::array<std::string_view, kParseProblems> kNames = {
      "no_match", "bad_status", "bad_bytes", "bad_time", "bad_duration", "line_too_long"};
  return kNames[static_cast<std::size_t>(problem)];
}

AccessLogParser::AccessLogParser(std::shared_ptr<const LogFormat> format)
    : format_(std::move(format)) {}

void AccessLogParser::parse(std::string_view block, RequestSink& sink, ParseCounts& counts) {
  const char* p = block.data();
  const char* const end = p + block.size();
  while (p < end) {
    if (*p == '\n' || (*p == '\r' && p[1] == '\n')) {
      p += *p == '\n' ? 1 : 2;
      continue;
    }
    ++counts.lines;
    Line line;
    line.at = p;
    line.request = &requests_[requests_used_];
    line.attempts.start(attempts_.data() + attempts_used_);
    if (!parse_line(line)) {
      ++counts.problems[static_cast<std::size_t>(line.problem)];
      p = find_or_newline(line.at, '\n') + 1;
      continue;
    }
    p = line.at;
    if (requests_used_ == kBatch || attempts_used_ + Attempts::kMost > kAttemptRoom ||
        scratch_.crowded()) {
      flush(sink);
    }
  }
  flush(sink);
}

bool AccessLogParser::parse_line(Line& line) {
  for (const char c : format_->lead()) {
    if (*line.at != c) return false;
    ++line.at;
  }
  for (const FormatStep& step : format_->steps()) {
    if (!read(step, line)) return false;
  }
  finish(line);
  return true;
}

bool AccessLogParser::read(const FormatStep& step, Line& line) {
  switch (step.field) {
    case Field::skip: {
      const ValueEnd value = find_value_end(line.at, step);
      if (value.end == nullptr) return false;
      line.at = value.next;
      return true;
    }
    case Field::status:
      return read_status(line.at, step, line.request->status, line.problem);
    case Field::bytes:
      return read_bytes(line.at, step, line.request->bytes, line.problem);
    case Field::total:
      return read_duration(line.at, step, line.request->total, line.problem);
    case Field::upstream_time:
      return read_upstream_times(line.at, step, line.attempts, line.problem);
    case Field::upstream_status:
      return read_upstream_statuses(line.at, step, line.attempts, line.problem);
    case Field::time_local:
    case Field::time_iso8601:
    case Field::msec:
      return read_time(step, line);
    default:
      return read_text(step, line);
  }
}

bool AccessLogParser::read_time(const FormatStep& step, Line& line) {
  const bool local = step.field == Field::time_local;
  if (local && last_time_.is(line.at) && literal_at(line.at + kTimeLocalSize, step)) {
    line.request->ended = last_time_.value();
    line.at += kTimeLocalSize + step.size;
    return true;
  }
  const ValueEnd value = find_value_end(line.at, step);
  if (value.end == nullptr) return false;
  const std::string_view text = view(line.at, value.end);
  const auto time = local                               ? parse_time_local(text)
                    : step.field == Field::time_iso8601 ? parse_time_iso8601(text)
                                                        : parse_msec(text);
  if (!time) {
    line.problem = ParseProblem::bad_time;
    return false;
  }
  if (local && text.size() == kTimeLocalSize) last_time_.set(text, *time);
  line.request->ended = *time;
  line.at = value.next;
  return true;
}

bool AccessLogParser::read_text(const FormatStep& step, Line& line) {
  bool backslash = false;
  const ValueEnd value = find_value_end<true>(line.at, step, backslash);
  if (value.end == nullptr) return false;
  take_text(step.field, view(line.at, value.end), backslash && format_->escaped(), line);
  line.at = value.next;
  return true;
}

void AccessLogParser::take_text(Field field, std::string_view value, bool backslash, Line& line) {
  Request& request = *line.request;
  switch (field) {
    case Field::request:
    case Field::request_method:
    case Field::request_target:
      return take_request(field, value, backslash, request);
    case Field::host_target:
    case Field::host_rest:
    case Field::skip_target:
      return take_host(field, value, backslash, request);
    case Field::method:
      request.method = method_from(value);
      return;
    case Field::target:
      request.path = plain(without_authority(value), backslash);
      return;
    case Field::host:
      request.host = plain(value, backslash);
      return;
    case Field::client:
      request.client = plain(value, backslash);
      return;
    case Field::forwarded:
      line.forwarded = present(value);
      return;
    case Field::request_id:
      request.request_id = plain(value, backslash);
      return;
    case Field::trace_id:
      request.trace_id = plain(value, backslash);
      return;
    case Field::traceparent:
      request.trace_id = plain(trace_of(value), backslash);
      return;
    case Field::cache_status:
      request.cache_status = plain(value, backslash);
      return;
    case Field::content_type:
      line.event_stream = value.starts_with("text/event-stream");
      return;
    case Field::upstream_address:
      line.attempts.addresses(value);
      return;
    default:
      return;
  }
}

void AccessLogParser::take_request(Field field, std::string_view value, bool backslash,
                                   Request& request) {
  const RequestLine parts = split_request(value);
  if (field != Field::request_target) request.method = parts.method;
  if (field != Field::request_method) request.path = plain(parts.target, backslash);
}

void AccessLogParser::take_host(Field field, std::string_view value, bool backslash,
                                Request& request) {
  const std::size_t slash = std::min(value.find('/'), value.size());
  if (field != Field::skip_target) request.host = plain(value.substr(0, slash), backslash);
  if (field != Field::host_rest) request.path = plain(value.substr(slash), backslash);
}

void AccessLogParser::finish(Line& line) {
  constexpr std::uint16_t kSwitchingProtocols = 101;
  Request& request = *line.request;
  request.stream = line.event_stream || request.status == kSwitchingProtocols;
  if (!line.forwarded.empty()) {
    request.client = original_client(request.client, line.forwarded);
  }
  request.attempts = line.attempts.get();
  attempts_used_ += request.attempts.size();
  ++requests_used_;
}

std::string_view AccessLogParser::plain(std::string_view value, bool backslash) {
  value = present(value);
  return backslash ? scratch_.undo(value) : value;
}

void AccessLogParser::flush(RequestSink& sink) {
  if (requests_used_ > 0) sink.on({requests_.data(), requests_used_});
  requests_used_ = 0;
  attempts_used_ = 0;
  scratch_.clear();
}

}  // namespace wayside
