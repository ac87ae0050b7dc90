#include "collectors/access_log/format/json_request.h"

#include <cstring>

#include "collectors/access_log/format/client_address.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/request_line.h"

namespace wayside {
namespace {

constexpr std::uint16_t kSwitchingProtocols = 101;

// "0.123" of eight readable bytes, or -1.
std::int32_t short_millis(const JsonValue& value) {
  return value.size == 5 ? fast_millis(value.begin) : -1;
}

// What stands in a request from a line before, and is not written anew by every line. Member by
// member: g++ 12 clears the whole by an instruction that takes longer than all the rest.
void forget(Request& request) {
  request.ended = kNoTime;
  request.total = kNoDuration;
  request.attempts = {};
  request.method = Method::other;
  request.status = 0;
  request.path = {};
  request.client = {};
  request.bytes = 0;
}

}  // namespace

std::string_view JsonRequests::Line::text(JsonField field) const {
  if (!slots.has(field)) return {};
  const std::string_view text = slots[field].text();
  return slots.has_escapes(field) ? scratch.decode(text) : text;
}

bool JsonRequests::fail(ParseProblem problem) {
  problem_ = problem;
  return false;
}

// What writes of its own requests alone, in a form it knows.
bool JsonRequests::is_server() const {
  return dialect_ == JsonDialect::nginx || dialect_ == JsonDialect::caddy ||
         dialect_ == JsonDialect::traefik || dialect_ == JsonDialect::envoy;
}

DurationUnit JsonRequests::unit_for(const JsonValue& value) const {
  return value.traits.unit == DurationUnit::unknown ? unit_of(dialect_) : value.traits.unit;
}

JsonRequests::Outcome JsonRequests::read(const JsonSlots& slots, Attempts& attempts,
                                         JsonScratch& scratch, Request& request) {
  if (slots.marks() != marks_) {
    marks_ = slots.marks();
    dialect_ = dialect_of(marks_);
    if (dialect_ == JsonDialect::other) dialect_ = habits_.dialect;
  }
  const Line line{.slots = slots, .scratch = scratch, .request = request};
  forget(request);
  const bool aimed = slots.has(JsonField::path) || slots.has(JsonField::method) ||
                     slots.has(JsonField::request_line);
  if (!slots.has(JsonField::status) || (!aimed && !slots.has(JsonField::duration))) {
    if (aimed && dialect_ == JsonDialect::pino) note_begun(line);
    return Outcome::other;
  }
  const char first = *slots[JsonField::status].begin;
  const bool numeric = is_digit(first) || first == '-';
  if (!numeric || tells_again(line)) return Outcome::other;
  if (!read_status(line) || !read_duration(line) || !read_bytes(line) || !read_times(line) ||
      !read_attempts(line, attempts)) {
    return Outcome::problem;
  }
  read_target(line);
  read_texts(line);
  if (!aimed) join_begun(line);
  return Outcome::request;
}

// Fastify tells the path when a request comes, and how it ended in a line of its own.
void JsonRequests::note_begun(const Line& line) {
  if (!line.slots.has(JsonField::request_id)) return;
  pending_.note(line.text(JsonField::process), line.text(JsonField::request_id),
                {.path = line.text(JsonField::path),
                 .host = line.text(JsonField::host),
                 .client = line.text(JsonField::client),
                 .method = method_from(line.text(JsonField::method))});
}

void JsonRequests::join_begun(const Line& line) {
  Request& request = line.request;
  if (request.request_id.empty()) return;
  const auto begun = pending_.take(line.text(JsonField::process), request.request_id);
  if (!begun) return;
  request.method = begun->method;
  request.path = line.scratch.keep(begun->path);
  if (request.host.empty()) request.host = line.scratch.keep(begun->host);
  if (request.client.empty()) request.client = line.scratch.keep(begun->client);
}

// Whether another line tells of the same request: a slow one's warning, or what went wrong in it.
bool JsonRequests::tells_again(const Line& line) const {
  if ((marks_ & json_mark::kErrorId) != 0) return true;
  if ((marks_ & json_mark::kError) != 0 && !line.slots.has(JsonField::duration)) return true;
  if (!line.slots.has(JsonField::message)) return false;
  return line.slots[JsonField::message].text().starts_with("Slow request");
}

void JsonRequests::read_target(const Line& line) const {
  Request& request = line.request;
  if (line.slots.has(JsonField::request_line)) {
    const std::string_view text = line.text(JsonField::request_line);
    if (text.starts_with('/')) {
      request.path = text;
    } else {
      const RequestLine parts = split_request(text);
      request.method = parts.method;
      request.path = parts.target;
    }
  }
  if (line.slots.has(JsonField::method)) {
    request.method = method_from(line.text(JsonField::method));
  }
  if (line.slots.has(JsonField::path)) {
    request.path = without_authority(line.text(JsonField::path));
  }
  // What has escapes was decoded elsewhere than in the block.
  const JsonField told =
      line.slots.has(JsonField::path) ? JsonField::path : JsonField::request_line;
  request.path_padded = line.slots.has(told) && !line.slots.has_escapes(told);
}

// Three digits, and a phrase may follow ("200 OK"). Below 100 it is no status: nginx and Envoy
// write 0 where none was sent.
bool JsonRequests::read_status(const Line& line) {
  const JsonValue& value = line.slots[JsonField::status];
  if (value.size == 1 && *value.begin == '0') return true;
  const bool whole = value.size == 3 || (value.size > 3 && value.begin[3] == ' ');
  const std::int32_t status = whole ? fast_status(value.begin) : -1;
  if (status < 0) return fail(ParseProblem::bad_status);
  if (status >= 100) line.request.status = static_cast<std::uint16_t>(status);
  return true;
}

bool JsonRequests::read_duration(const Line& line) {
  if (!line.slots.has(JsonField::duration)) return true;
  const JsonValue& value = line.slots[JsonField::duration];
  const DurationUnit unit = habits_.unit == DurationUnit::unknown ? unit_for(value) : habits_.unit;
  const std::int32_t fast = short_millis(value);
  if (fast >= 0 && unit == DurationUnit::s) {
    line.request.total = Micros{std::int64_t{fast} * 1000};
    return true;
  }
  const auto duration = parse_json_duration(line.text(JsonField::duration), unit);
  if (!duration) return fail(ParseProblem::bad_duration);
  line.request.total = *duration;
  return true;
}

// Go's servers write -1 where a size is not known.
bool JsonRequests::read_bytes(const Line& line) {
  if (!line.slots.has(JsonField::bytes)) return true;
  const JsonValue& value = line.slots[JsonField::bytes];
  const FastUnsigned fast = fast_unsigned(value.begin);
  if (fast.digits == value.size && fast.digits != 8) {
    line.request.bytes = fast.value;
    return true;
  }
  const std::string_view text = value.text();
  const auto bytes = parse_unsigned(text);
  if (!bytes && text != "-1") return fail(ParseProblem::bad_bytes);
  line.request.bytes = bytes.value_or(0);
  return true;
}

bool JsonRequests::read_times(const Line& line) {
  Request& request = line.request;
  if (line.slots.has(JsonField::begun)) {
    WallTime begun = kNoTime;
    if (!read_time(line.text(JsonField::begun), true, begun)) return false;
    if (begun != kNoTime && request.total != kNoDuration) {
      request.ended = begun + request.total;
      return true;
    }
  }
  if (!line.slots.has(JsonField::time)) return true;
  const bool must = is_server() || !line.slots[JsonField::time].traits.string;
  return read_time(line.text(JsonField::time), must, request.ended);
}

// `must`: what cannot be read is a problem, and not just somebody's own way to write a date.
bool JsonRequests::read_time(std::string_view text, bool must, WallTime& time) {
  LastTime& last = last_time_;
  if (text.size() == last.size && std::memcmp(text.data(), last.text.data(), last.size) == 0) {
    time = last.time;
    return true;
  }
  const JsonTime read = parse_json_time(text);
  if (!read.readable) return !must || fail(ParseProblem::bad_time);
  time = read.time;
  if (text.size() <= last.text.size()) {
    std::memcpy(last.text.data(), text.data(), text.size());
    last.size = text.size();
    last.time = time;
  }
  return true;
}

bool JsonRequests::read_attempts(const Line& line, Attempts& attempts) {
  const bool address = line.slots.has(JsonField::upstream_address);
  // Traefik writes zeros where it answered by itself.
  if (dialect_ == JsonDialect::traefik && !address) return true;
  if (address) attempts.addresses(line.text(JsonField::upstream_address));
  if (line.slots.has(JsonField::upstream_status)) {
    const std::string_view text = line.text(JsonField::upstream_status);
    if (text != "0" && !attempts.statuses(text)) return fail(ParseProblem::bad_status);
  }
  if (line.slots.has(JsonField::upstream_time)) {
    const JsonValue& value = line.slots[JsonField::upstream_time];
    if (value.traits.unit == DurationUnit::s) {
      const std::int32_t fast = short_millis(value);
      if (fast >= 0) {
        attempts.at(0).duration = Micros{std::int64_t{fast} * 1000};
      } else if (!attempts.durations(line.text(JsonField::upstream_time))) {
        return fail(ParseProblem::bad_duration);
      }
    } else {
      const auto duration =
          parse_json_duration(line.text(JsonField::upstream_time), unit_for(value));
      if (!duration) return fail(ParseProblem::bad_duration);
      attempts.at(0).duration = *duration;
    }
  }
  line.request.attempts = attempts.get();
  return true;
}

void JsonRequests::read_texts(const Line& line) const {
  Request& request = line.request;
  request.host = line.text(JsonField::host);
  request.user_agent = line.text(JsonField::user_agent);
  request.request_id = line.text(JsonField::request_id);
  request.cache_status = line.text(JsonField::cache_status);
  request.who = line.text(JsonField::who);
  request.route_given = line.text(JsonField::route);
  request.trace_id = line.slots.has(JsonField::trace_id)
                         ? line.text(JsonField::trace_id)
                         : trace_of(line.text(JsonField::traceparent));
  if (line.slots.has(JsonField::client)) {
    const std::string_view address = line.text(JsonField::client);
    request.client = dialect_ == JsonDialect::nginx ? address : without_port(address);
  }
  if (line.slots.has(JsonField::forwarded)) {
    request.client = original_client(request.client, line.text(JsonField::forwarded));
  }
  request.stream = request.status == kSwitchingProtocols ||
                   line.text(JsonField::content_type).starts_with("text/event-stream");
}

}  // namespace wayside
