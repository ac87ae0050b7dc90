#include "collectors/access_log/format/step_readers.h"

#include <algorithm>

#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/request_line.h"
#include "collectors/access_log/format/service_readers.h"
#include "collectors/access_log/format/step_reading.h"

namespace wayside {
namespace {

using namespace reading;  // NOLINT: nothing but these

void set_path(std::string_view target, bool escapes, LineState& line) {
  line.request->path = plain(target, escapes, line);
  line.request->path_padded = !escapes;  // what is undone stands elsewhere than in the block
}

const char* end_line(const ReadStep* /*step*/, const char* p, LineState& /*line*/) {
  return p;
}

const char* end_with_more(const ReadStep* /*step*/, const char* p, LineState& line) {
  finish_line(line);
  return p;
}

template <Search kSearch>
const char* skip(const ReadStep* step, const char* p, LineState& line) {
  bool unused = false;
  const ValueEnd value = find_value_end<kSearch>(p, step->format, *line.scanner, unused);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  return go_on(step, value.next, line);
}

[[gnu::noinline]] const char* status_with_care(const ReadStep* step, const char* p,
                                               LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_status, [&line](std::string_view value) {
    line.request->status = 0;
    if (is_absent(value) || value == "-1") return true;  // HAProxy writes -1 where none was sent
    const auto number = parse_unsigned(value);
    if (!number || value.size() != 3) return false;
    if (*number >= 100) line.request->status = static_cast<std::uint16_t>(*number);
    return true;
  });
}

// Three digits. Below 100 it is no status: nginx writes 000 where none was sent and 009 for
// HTTP/0.9.
const char* read_status(const ReadStep* step, const char* p, LineState& line) {
  const std::int32_t fast = fast_status(p);
  if (fast < 0 || !ends_at(p, p + 3, step->format)) return status_with_care(step, p, line);
  line.request->status = static_cast<std::uint16_t>(fast < 100 ? 0 : fast);
  return go_on(step, p + 3 + step->format.size, line);
}

[[gnu::noinline]] const char* bytes_with_care(const ReadStep* step, const char* p,
                                              LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_bytes, [&line](std::string_view value) {
    const auto number = parse_unsigned(value);
    line.request->bytes = number.value_or(0);
    return number || is_absent(value);
  });
}

const char* read_bytes(const ReadStep* step, const char* p, LineState& line) {
  const FastUnsigned fast = fast_unsigned(p);
  const bool whole = fast.digits != 0 && fast.digits != 8;
  if (!whole || !ends_at(p, p + fast.digits, step->format)) return bytes_with_care(step, p, line);
  line.request->bytes = fast.value;
  return go_on(step, p + fast.digits + step->format.size, line);
}

[[gnu::noinline]] const char* total_with_care(const ReadStep* step, const char* p,
                                              LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_duration, [&line](std::string_view value) {
    const auto duration = parse_decimal_micros(value, kMaxDurationDigits);
    line.request->total = duration.value_or(kNoDuration);
    return duration || is_absent(value);
  });
}

const char* read_total(const ReadStep* step, const char* p, LineState& line) {
  const std::int32_t fast = fast_millis(p);
  if (fast < 0 || !ends_at(p, p + 5, step->format)) return total_with_care(step, p, line);
  line.request->total = Micros{std::int64_t{fast} * 1000};
  return go_on(step, p + 5 + step->format.size, line);
}

[[gnu::noinline]] const char* upstream_times_with_care(const ReadStep* step, const char* p,
                                                       LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_duration,
                        [&line](std::string_view value) { return line.attempts.durations(value); });
}

const char* read_upstream_times(const ReadStep* step, const char* p, LineState& line) {
  const std::int32_t fast = fast_millis(p);
  if (fast < 0 || !ends_at(p, p + 5, step->format)) return upstream_times_with_care(step, p, line);
  line.attempts.at(0).duration = Micros{std::int64_t{fast} * 1000};
  return go_on(step, p + 5 + step->format.size, line);
}

const char* read_upstream_statuses(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_status,
                        [&line](std::string_view value) { return line.attempts.statuses(value); });
}

const char* read_upstream_addresses(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::no_match, [&line](std::string_view value) {
    line.attempts.addresses(value);
    return true;
  });
}

[[gnu::noinline]] const char* new_time_local(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_time, [&line](std::string_view value) {
    const auto time = parse_time_local(value);
    if (!time) return false;
    if (value.size() == kTimeLocalSize) line.last_time.set(value, *time);
    line.request->ended = *time;
    return true;
  });
}

const char* read_time_local(const ReadStep* step, const char* p, LineState& line) {
  if (!line.last_time.is(p) || !ends_at(p, p + kTimeLocalSize, step->format)) {
    return new_time_local(step, p, line);
  }
  line.request->ended = line.last_time.value();
  return go_on(step, p + kTimeLocalSize + step->format.size, line);
}

template <std::optional<WallTime> (*kParse)(std::string_view)>
const char* read_time(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_time, [&line](std::string_view value) {
    const auto time = kParse(value);
    line.request->ended = time.value_or(kNoTime);
    return time.has_value();
  });
}

// Text that is short as a rule, into a member of the request.
template <std::string_view Request::*kMember>
const char* read_word(const ReadStep* step, const char* p, LineState& line) {
  const ValueEnd value = find_value_end(p, step->format);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  line.request->*kMember = plain(view(p, value.end), true, line);
  return go_on(step, value.next, line);
}

const char* read_client(const ReadStep* step, const char* p, LineState& line) {
  const ValueEnd value = find_value_end(p, step->format);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  line.request->client = present(view(p, value.end));
  return go_on(step, value.next, line);
}

// Text that is long as a rule: `kTake` gets it, and whether there are escapes in it.
using Take = void (*)(std::string_view value, bool escapes, LineState& line);

template <Take kTake>
const char* read_text(const ReadStep* step, const char* p, LineState& line) {
  bool escapes = false;
  const ValueEnd value =
      find_value_end<Search::lengthy_with_escapes>(p, step->format, *line.scanner, escapes);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  kTake(view(p, value.end), escapes, line);
  return go_on(step, value.next, line);
}

// The same where '#' begins an escape.
template <Take kTake>
const char* read_hashed_text(const ReadStep* step, const char* p, LineState& line) {
  bool unused = false;
  const ValueEnd value = find_value_end<Search::lengthy>(p, step->format, *line.scanner, unused);
  if (value.end == nullptr) return fail(p, ParseProblem::no_match, line);
  kTake(view(p, value.end), true, line);
  return go_on(step, value.next, line);
}

void take_request(std::string_view value, bool escapes, LineState& line) {
  const RequestLine parts = split_request(value);
  line.request->method = parts.method;
  set_path(parts.target, escapes, line);
}

void take_request_method(std::string_view value, bool /*escapes*/, LineState& line) {
  line.request->method = split_request(value).method;
}

void take_request_target(std::string_view value, bool escapes, LineState& line) {
  set_path(split_request(value).target, escapes, line);
}

void take_method(std::string_view value, bool /*escapes*/, LineState& line) {
  line.request->method = method_from(value);
}

void take_target(std::string_view value, bool escapes, LineState& line) {
  set_path(without_authority(value), escapes, line);
}

std::size_t host_size(std::string_view value) {
  return std::min(value.find('/'), value.size());
}

void take_host_rest(std::string_view value, bool escapes, LineState& line) {
  line.request->host = plain(value.substr(0, host_size(value)), escapes, line);
}

void take_skip_target(std::string_view value, bool escapes, LineState& line) {
  set_path(value.substr(host_size(value)), escapes, line);
}

void take_host_target(std::string_view value, bool escapes, LineState& line) {
  take_host_rest(value, escapes, line);
  take_skip_target(value, escapes, line);
}

void take_forwarded(std::string_view value, bool /*escapes*/, LineState& line) {
  line.forwarded = present(value);
}

// The trace of a W3C traceparent: "00-<32 hex>-<16 hex>-<2 hex>".
void take_traceparent(std::string_view value, bool escapes, LineState& line) {
  const bool shaped = value.size() >= 55 && value[2] == '-' && value[35] == '-' && value[52] == '-';
  line.request->trace_id = plain(shaped ? value.substr(3, 32) : "", escapes, line);
}

void take_user_agent(std::string_view value, bool escapes, LineState& line) {
  line.request->user_agent = plain(value, escapes, line);
}

void take_who(std::string_view value, bool escapes, LineState& line) {
  line.request->who = plain(value, escapes, line);
}

void take_content_type(std::string_view value, bool /*escapes*/, LineState& line) {
  line.event_stream = value.starts_with("text/event-stream");
}

template <Take kTake>
ReadStep::Reader text_step(Escaping escaping) {
  return escaping == Escaping::hash ? read_hashed_text<kTake> : read_text<kTake>;
}

ReadStep::Reader word_reader(Field field) {
  switch (field) {
    case Field::host:
      return read_word<&Request::host>;
    case Field::request_id:
      return read_word<&Request::request_id>;
    case Field::trace_id:
      return read_word<&Request::trace_id>;
    case Field::cache_status:
      return read_word<&Request::cache_status>;
    default:
      return skip<Search::brief>;
  }
}

ReadStep::Reader text_reader(Field field, Escaping escaping) {
  switch (field) {
    case Field::request:
      return text_step<take_request>(escaping);
    case Field::request_method:
      return text_step<take_request_method>(escaping);
    case Field::request_target:
      return text_step<take_request_target>(escaping);
    case Field::method:
      return text_step<take_method>(escaping);
    case Field::target:
      return text_step<take_target>(escaping);
    case Field::host_target:
      return text_step<take_host_target>(escaping);
    case Field::host_rest:
      return text_step<take_host_rest>(escaping);
    case Field::skip_target:
      return text_step<take_skip_target>(escaping);
    case Field::forwarded:
      return text_step<take_forwarded>(escaping);
    case Field::traceparent:
      return text_step<take_traceparent>(escaping);
    case Field::content_type:
      return text_step<take_content_type>(escaping);
    case Field::user_agent:
      return text_step<take_user_agent>(escaping);
    case Field::who:
      return text_step<take_who>(escaping);
    default:
      return word_reader(field);
  }
}

ReadStep::Reader reader_of(const FormatStep& step, Escaping escaping) {
  if (const auto reader = service_reader(step.field)) return reader;
  switch (step.field) {
    case Field::skip:
      // What stands in quotes is a header as a rule.
      return step.quoted ? skip<Search::lengthy> : skip<Search::brief>;
    case Field::status:
      return read_status;
    case Field::bytes:
      return read_bytes;
    case Field::total:
      return read_total;
    case Field::time_local:
      return read_time_local;
    case Field::time_iso8601:
      return read_time<parse_time_iso8601>;
    case Field::msec:
      return read_time<parse_msec>;
    case Field::client:
      return read_client;
    case Field::upstream_address:
      return read_upstream_addresses;
    case Field::upstream_status:
      return read_upstream_statuses;
    case Field::upstream_time:
      return read_upstream_times;
    default:
      return text_reader(step.field, escaping);
  }
}

}  // namespace

std::vector<ReadStep> make_read_steps(const LogFormat& format) {
  std::vector<ReadStep> steps;
  if (format.prefix() != Field::skip) {
    FormatStep prefix;
    prefix.literal = format.behind_prefix();
    steps.push_back({.read = service_reader(format.prefix()), .format = prefix});
  }
  for (const FormatStep& step : format.steps()) {
    steps.push_back({.read = reader_of(step, format.escaping()), .format = step});
  }
  steps.push_back({.read = format.ending().any() ? end_with_more : end_line, .format = {}});
  return steps;
}

const char* read_line(const LogFormat& format, std::span<const ReadStep> steps, const char* p,
                      LineState& line) {
  for (const char c : format.lead()) {
    if (*p != c) return fail(p, ParseProblem::no_match, line);
    ++p;
  }
  return steps.front().read(&steps.front(), p, line);
}

}  // namespace wayside
