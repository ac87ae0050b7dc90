#pragma once

#include <string>
#include <string_view>

#include "tests/bench/log_lines.h"

namespace wayside::bench {

// The requests of LogLines, as nginx with escape=json writes them, about 440 bytes each.
class JsonLogLines {
 public:
  void append(std::string& out) {
    text_.clear();
    lines_.append(text_);
    std::string_view line = text_;
    const std::string_view client = take(line, " - - [");
    take(line, ":");  // the date
    const std::string_view clock = take(line, " +0000] \"");
    out.append(R"({"time_iso8601":"2026-11-23T)").append(clock).append("+00:00");
    member(out, R"(","remote_addr":")", client);
    member(out, R"(","remote_user":"","request":")", take(line, "\" "));
    member(out, R"(","status":)", take(line, " "));
    member(out, R"(,"body_bytes_sent":)", take(line, " \""));
    member(out, R"(,"http_referer":")", take(line, "\" \""));
    member(out, R"(","http_user_agent":")", take(line, "\" "));
    member(out, R"(","request_time":)", take(line, " "));
    member(out, R"(,"upstream_response_time":")", take(line, "\n"));
    out.append(R"(","host":"college.example.com","server_name":"college"})").append("\n");
  }

  // Whole lines, at least `bytes` of them.
  std::string block(std::size_t bytes) {
    std::string out;
    out.reserve(bytes + 1024);
    while (out.size() < bytes) append(out);
    return out;
  }

 private:
  static std::string_view take(std::string_view& line, std::string_view until) {
    const std::size_t end = line.find(until);
    const std::string_view part = line.substr(0, end);
    line.remove_prefix(end + until.size());
    return part;
  }
  static void member(std::string& out, std::string_view key, std::string_view value) {
    out.append(key).append(value);
  }

  LogLines lines_;
  std::string text_;
};

}  // namespace wayside::bench
