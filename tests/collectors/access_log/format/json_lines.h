#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/access_log/format/json_parser.h"
#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {

// What no config names, made once: tests parse very many single lines.
inline std::shared_ptr<const JsonKeys> json_keys(const FormatOptions& options) {
  static const auto usual = std::make_shared<const JsonKeys>(FormatOptions{});
  const bool plain = options.who.empty() && options.fields.empty();
  return plain ? usual : std::make_shared<const JsonKeys>(options);
}

// Parses `lines`, which must end in a newline, from a buffer that ends where the parser may read
// no further.
inline Parsed parse_json(std::string_view lines, const FormatOptions& options = {},
                         JsonWays ways = JsonWays::shapes_first) {
  Parsed parsed;
  const auto buffer = std::make_unique<char[]>(lines.size() + kReadableAfterBlock);
  std::copy(lines.begin(), lines.end(), buffer.get());
  JsonParser parser(json_keys(options), {.unit = duration_unit_named(options.duration_unit)}, ways);
  CollectingSink sink;
  parser.parse({buffer.get(), lines.size()}, sink, parsed.counts);
  parsed.requests = std::move(sink.requests);
  return parsed;
}

// All that a request states, in one line: "GET /a 200 12000us client=10.0.0.9 …".
inline std::string show(const OwnedRequest& request) {
  std::string text(to_string(request.method));
  text += " " + request.path + " " + std::to_string(request.status);
  const auto add = [&text](const char* name, const std::string& value) {
    if (!value.empty()) text += std::string(" ") + name + "=" + value;
  };
  if (request.total != kNoDuration) text += " " + std::to_string(request.total.count()) + "us";
  if (request.ended != kNoTime) {
    add("ended", std::to_string(request.ended.time_since_epoch().count()));
  }
  add("bytes", request.bytes == 0 ? "" : std::to_string(request.bytes));
  add("client", request.client);
  add("host", request.host);
  add("agent", request.user_agent);
  add("id", request.request_id);
  add("trace", request.trace_id);
  add("cache", request.cache_status);
  add("who", request.who);
  add("route", request.route_given);
  for (const auto& attempt : request.attempts) {
    text += " [" + attempt.address + " " + std::to_string(attempt.status);
    text += attempt.duration == kNoDuration
                ? "]"
                : " " + std::to_string(attempt.duration.count()) + "us]";
  }
  return text + (request.stream ? " stream" : "");
}

// What comes of one line, which is given without its newline: a request, "other", or the problem.
inline std::string show_json(std::string_view line, const FormatOptions& options = {}) {
  // The second time, the line is read by its shape.
  const std::string twice = std::string(line) + "\n" + std::string(line) + "\n";
  const Parsed parsed = parse_json(twice, options);
  for (std::size_t i = 0; i < kParseProblems; ++i) {
    const auto problem = static_cast<ParseProblem>(i);
    if (parsed.problems(problem) == 2) return std::string(to_string(problem));
  }
  if (parsed.counts.others == 2) return "other";
  if (parsed.requests.size() != 2) return "not twice the same";
  const std::string shown = show(parsed.requests[0]);
  return shown == show(parsed.requests[1]) ? shown : "not twice the same";
}

}  // namespace wayside
