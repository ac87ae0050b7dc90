#include "collectors/access_log/feeds.h"

#include <unistd.h>

#include <utility>

#include "collectors/access_log/source/awaited_pipe.h"
#include "collectors/access_log/source/datagram_socket.h"
#include "collectors/access_log/source/input_feed.h"
#include "collectors/access_log/source/journal_feed.h"
#include "collectors/access_log/source/path_pattern.h"
#include "collectors/access_log/source/pipe_feed.h"
#include "collectors/access_log/source/syslog_feed.h"

namespace wayside {
namespace {

JournalSource journal_of(const AccessLogConfig& entry) {
  return {.units = entry.journal,
          .directory = entry.journal_dir,
          .start_at_beginning = entry.start_at_beginning};
}

Result<std::string> try_listen(const AccessLogConfig& entry) {
  auto point = parse_listen_point(entry.listen);
  if (!point) return point.error();
  const auto socket = open_datagram_socket(*point);
  if (socket) return entry.listen + ": can be listened at";
  // By this very agent, perhaps, which runs while its next config is checked.
  if (::access(point->path.c_str(), W_OK) == 0 || socket.error().message.ends_with("in use")) {
    return entry.listen + ": somebody listens there already; fine if that is wayside";
  }
  return socket.error();
}

Result<std::string> try_journal(const AccessLogConfig& entry) {
  const Outcome outcome = look_at_journal(journal_of(entry));
  if (outcome.state == Outcome::State::ok) return entry.name() + ": can be read";
  return Error{entry.name() + ": " + outcome.why};
}

}  // namespace

std::unique_ptr<Feed> make_feed(const AccessLogConfig& entry, FeedSinks open_sink,
                                FeedContext context) {
  if (entry.path == kStandardInput) return std::make_unique<InputFeed>(open_sink, context);
  if (!entry.listen.empty()) {
    auto point = parse_listen_point(entry.listen);
    if (!point) return nullptr;  // refused when the config was read
    return std::make_unique<SyslogFeed>(std::move(*point), std::move(open_sink), context);
  }
  if (!entry.journal.empty()) {
    return std::make_unique<JournalFeed>(journal_of(entry), std::move(open_sink), context);
  }
  if (is_pipe(entry.path)) return std::make_unique<PipeFeed>(entry.path, open_sink, context);
  return nullptr;
}

std::unique_ptr<Feed> await_pipe(const AccessLogConfig& entry, FeedSinks open_sink,
                                 FeedContext context) {
  if (has_wildcard(entry.path)) return nullptr;
  return std::make_unique<AwaitedPipe>(entry.path, std::move(open_sink), context);
}

std::string describe_feed(const AccessLogConfig& entry) {
  if (entry.path == kStandardInput) return "standard input";
  if (!entry.listen.empty()) return entry.listen + " (syslog)";
  if (!entry.journal.empty()) {
    const Outcome outcome = look_at_journal(journal_of(entry));
    return entry.name() + (outcome.why.empty() ? "" : " (" + outcome.why + ")");
  }
  return is_pipe(entry.path) ? entry.path + " (a named pipe)" : "";
}

Result<std::string> try_feed(const AccessLogConfig& entry) {
  if (entry.path == kStandardInput) return std::string("standard input: is read when it runs");
  if (!entry.listen.empty()) return try_listen(entry);
  if (!entry.journal.empty()) return try_journal(entry);
  if (::access(entry.path.c_str(), R_OK) != 0) return system_error("cannot open " + entry.path);
  return entry.path + ": a named pipe, can be read";
}

}  // namespace wayside
