#pragma once

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {

// A Request with what it points at, so that it outlives the sink's call.
struct OwnedRequest {
  struct OwnedAttempt {
    std::string address;
    std::uint16_t status = 0;
    Micros duration = kNoDuration;
    friend bool operator==(const OwnedAttempt&, const OwnedAttempt&) = default;
  };
  explicit OwnedRequest(const Request& r)
      : ended(r.ended),
        total(r.total),
        method(r.method),
        status(r.status),
        stream(r.stream),
        path(r.path),
        route_given(r.route_given),
        trace_id(r.trace_id),
        request_id(r.request_id),
        client(r.client),
        who(r.who),
        user_agent(r.user_agent),
        host(r.host),
        cache_status(r.cache_status),
        bytes(r.bytes) {
    for (const Attempt& a : r.attempts) {
      attempts.push_back({std::string(a.address), a.status, a.duration});
    }
  }
  WallTime ended;
  Micros total;
  std::vector<OwnedAttempt> attempts;
  Method method;
  std::uint16_t status;
  bool stream;
  std::string path, route_given, trace_id, request_id, client, who, user_agent, host, cache_status;
  std::uint64_t bytes;
  friend bool operator==(const OwnedRequest&, const OwnedRequest&) = default;
};

class CollectingSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override {
    for (const Request& request : batch) requests.emplace_back(request);
  }
  std::vector<OwnedRequest> requests;
};

struct Parsed {
  std::vector<OwnedRequest> requests;
  ParseCounts counts;

  [[nodiscard]] std::uint64_t problems(ParseProblem problem) const {
    return counts.problems[static_cast<std::size_t>(problem)];
  }
};

// Parses `lines`, which must end in a newline, from a buffer that ends where the parser may read
// no further.
inline Parsed parse_by(LineParser& parser, std::string_view lines) {
  const std::size_t size = lines.size() + kReadableAfterBlock;
  const auto buffer = std::make_unique<char[]>(size);
  std::copy(lines.begin(), lines.end(), buffer.get());
  CollectingSink sink;
  Parsed parsed;
  parser.parse({buffer.get(), lines.size()}, sink, parsed.counts);
  parsed.requests = std::move(sink.requests);
  return parsed;
}

// By an nginx log_format.
inline Parsed parse_lines(std::string_view format, std::string_view lines) {
  auto compiled = compile_log_format(format);
  if (!compiled) {
    ADD_FAILURE() << compiled.error().message;
    return {};
  }
  AccessLogParser parser(std::make_shared<const LogFormat>(std::move(*compiled)));
  return parse_by(parser, lines);
}

// The one request of one line, which is given without its newline.
inline OwnedRequest parse_line(std::string_view format, std::string_view line) {
  Parsed parsed = parse_lines(format, std::string(line) + "\n");
  if (parsed.requests.size() != 1) {
    ADD_FAILURE() << "no request in: " << line;
    return OwnedRequest(Request{});
  }
  return parsed.requests.front();
}

}  // namespace wayside
