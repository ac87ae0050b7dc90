#pragma once

#include <memory>

#include "agent/core/result.h"
#include "collectors/access_log/config.h"
#include "collectors/access_log/source/feed.h"

namespace wayside {

// The feed of an entry; null where it names files. A path is a named pipe's if one is there now.
std::unique_ptr<Feed> make_feed(const AccessLogConfig& entry, FeedSinks open_sink,
                                FeedContext context);

// What takes a named pipe that is made at a path of files later on; null where a glob is.
std::unique_ptr<Feed> await_pipe(const AccessLogConfig& entry, FeedSinks open_sink,
                                 FeedContext context);

// What a feed's entry reads, for people: "standard input". Empty where it names files.
std::string describe_feed(const AccessLogConfig& entry);

// For `wayside check`: whether the feed could be opened, without taking anything from it. What
// was found, or why not.
Result<std::string> try_feed(const AccessLogConfig& entry);

}  // namespace wayside
