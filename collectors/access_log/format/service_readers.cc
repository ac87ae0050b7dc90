#include "collectors/access_log/format/service_readers.h"

#include <algorithm>

#include "collectors/access_log/format/line_prefix.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/step_reading.h"

namespace wayside {
namespace {

using namespace reading;  // NOLINT: nothing but these

// HAProxy writes '+' before a value that was still growing, and -1 where it came to nothing.
bool came_to_nothing(std::string_view value) {
  return is_absent(value) || value == "-1";
}

std::string_view without_plus(std::string_view value) {
  return value.starts_with('+') ? value.substr(1) : value;
}

// "12" or "12.345".
std::optional<Micros> parse_millis(std::string_view value) {
  const auto thousandfold = parse_decimal_micros(value, kMaxDurationDigits + 3);
  if (!thousandfold) return std::nullopt;
  return Micros{thousandfold->count() / 1'000};
}

std::optional<Micros> parse_micros(std::string_view value) {
  constexpr std::uint64_t kMost = 100'000'000'000'000;  // about three years
  const auto number = parse_unsigned(value);
  if (!number || *number > kMost) return std::nullopt;
  return Micros{static_cast<std::int64_t>(*number)};
}

template <std::optional<Micros> (*kParse)(std::string_view)>
const char* read_total_in(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_duration, [&line](std::string_view value) {
    const auto duration = kParse(without_plus(value));
    line.request->total = duration.value_or(kNoDuration);
    return duration || came_to_nothing(value);
  });
}

const char* read_proxy_bytes(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_bytes, [&line](std::string_view value) {
    const auto number = parse_unsigned(without_plus(value));
    line.request->bytes = number.value_or(0);
    return number || is_absent(value);
  });
}

const char* read_connect(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_duration, [&line](std::string_view value) {
    const auto duration = parse_millis(without_plus(value));
    line.connected = duration.value_or(kNoDuration);
    return duration || came_to_nothing(value);
  });
}

const char* read_response(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_duration, [&line](std::string_view value) {
    const auto duration = parse_millis(without_plus(value));
    line.answered = duration.has_value();
    line.response = duration.value_or(kNoDuration);
    return duration || came_to_nothing(value);
  });
}

// "<NOSRV>" and other names in angles stand where no server was tried.
const char* read_server(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::no_match, [&line](std::string_view value) {
    value = value.substr(value.find('/') + 1);
    const bool tried = !is_absent(value) && value.front() != '<';
    if (tried) line.attempts.at(0).address = value;
    return true;
  });
}

// The port goes; the brackets of an IPv6 address, too.
const char* read_client_port(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::no_match, [&line](std::string_view value) {
    value = present(value.substr(0, std::min(value.rfind(':'), value.size())));
    const bool brackets = value.size() > 2 && value.front() == '[' && value.back() == ']';
    line.request->client = brackets ? value.substr(1, value.size() - 2) : value;
    return true;
  });
}

// "200", "200 OK" and "299 ": no other number may follow.
const char* read_status_phrase(const ReadStep* step, const char* p, LineState& line) {
  return read_with_care(step, p, line, ParseProblem::bad_status, [&line](std::string_view value) {
    const auto number = parse_unsigned(value.substr(0, 3));
    const std::string_view phrase = value.substr(std::min<std::size_t>(3, value.size()));
    if (!number || *number < 100) return false;
    const bool clean = phrase.empty() || (phrase.front() == ' ' &&
                                          std::none_of(phrase.begin(), phrase.end(), is_digit));
    line.request->status = static_cast<std::uint16_t>(*number);
    return clean;
  });
}

// 64 bytes are readable behind any place of a block, and no time is longer.
const char* read_time_pattern(const ReadStep* step, const char* p, LineState& line) {
  std::size_t size = 0;
  const auto time = line.time->read({p, kReadableAfterBlock}, line.local_offset, size);
  if (!time) {
    return read_with_care(step, p, line, ParseProblem::bad_time, [&line](std::string_view value) {
      line.request->ended = kNoTime;
      return is_absent(value);
    });
  }
  const ValueEnd value = find_value_end(p + size, step->format);
  if (value.end != p + size) return fail(p, ParseProblem::bad_time, line);
  line.request->ended = *time;
  return go_on(step, value.next, line);
}

// A server that answered did so with the status of the request. Its time is that until its
// connection stood and that until it answered.
void finish_attempt(LineState& line) {
  if (line.attempts.get().empty()) return;
  Attempt& attempt = line.attempts.at(0);
  if (line.answered) attempt.status = line.request->status;
  if (line.response == kNoDuration) return;
  attempt.duration = line.response + (line.connected == kNoDuration ? Micros{0} : line.connected);
}

// Passes over what may stand in front, and over the literal that the step's own one is.
template <std::size_t (*kSize)(std::string_view line)>
const char* pass_prefix(const ReadStep* step, const char* p, LineState& line) {
  const char* const newline = line.scanner->find(p, '\n');
  p += kSize(view(p, newline));
  if (!view(p, newline).starts_with(step->format.literal)) {
    return fail(p, ParseProblem::no_match, line);
  }
  return go_on(step, p + step->format.literal.size(), line);
}

}  // namespace

ReadStep::Reader service_reader(Field field) {
  switch (field) {
    case Field::total_millis:
      return read_total_in<parse_millis>;
    case Field::total_micros:
      return read_total_in<parse_micros>;
    case Field::time_pattern:
      return read_time_pattern;
    case Field::client_port:
      return read_client_port;
    case Field::status_phrase:
      return read_status_phrase;
    case Field::proxy_bytes:
      return read_proxy_bytes;
    case Field::proxy_server:
      return read_server;
    case Field::connect_millis:
      return read_connect;
    case Field::response_millis:
      return read_response;
    case Field::syslog_prefix:
      return pass_prefix<syslog_prefix_size>;
    case Field::logger_prefix:
      return pass_prefix<logger_prefix_size>;
    case Field::level_prefix:
      return pass_prefix<level_prefix_size>;
    default:
      return nullptr;
  }
}

void finish_line(LineState& line) {
  Request& request = *line.request;
  const Ending& ending = *line.ending;
  const bool timed = request.ended != kNoTime && request.total != kNoDuration;
  if (ending.begun && timed) request.ended += request.total;
  if (ending.who != nullptr) request.who = request.*ending.who;
  if (ending.proxied) finish_attempt(line);
}

}  // namespace wayside
