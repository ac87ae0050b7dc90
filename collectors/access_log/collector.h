#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/environment.h"
#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/handover.h"
#include "agent/core/log.h"
#include "agent/core/positions.h"
#include "agent/core/result.h"
#include "agent/requests/boards.h"
#include "agent/requests/known_routes.h"
#include "agent/requests/rules.h"
#include "agent/store/store.h"
#include "collectors/access_log/config.h"

namespace wayside {

// What the collector works with. All of it outlives the collector.
struct AccessLogContext {
  Store& store;
  const RequestRules& rules;
  EventSink& events;
  Facts& facts;
  const Environment& environment;
  Positions& positions;
  Log& log;
  KnownRoutes* known_routes = nullptr;  // see RecorderContext
  Handover* handover = nullptr;         // null: sockets and pipes begin anew with a reload
  RequestBoards* boards = nullptr;      // the same; and nobody asks which lines are wrong
};

// Follows access logs and records their requests, or keeps them for events where an entry does not
// count: all entries of a config on one thread, through one shard. Files come and go while it runs;
// a wrong line or an unreadable file never stops it.
class AccessLogCollector final : public Streamer {
 public:
  // Fails where the store has no shard left or refuses a family, where a format does not compile,
  // and where two entries name the same path.
  static Result<std::unique_ptr<AccessLogCollector>> create(std::vector<AccessLogConfig> entries,
                                                            AccessLogContext context);
  ~AccessLogCollector() override;

  // To be called once. Positions of all files are saved when it returns.
  void run(std::stop_token stop) override;
  [[nodiscard]] bool ready() const override;
  [[nodiscard]] Outcome outcome() const override;
  [[nodiscard]] std::string describe() const override;

 private:
  struct Impl;
  explicit AccessLogCollector(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// For `wayside check`: does the path match files, can they be opened, does the format read their
// first lines? `report` is for people: a line per file that was looked at. Files without any line
// yet are no failure; a path that matches nothing is one.
Result<void> try_access_log(const AccessLogConfig& config, std::string& report);

}  // namespace wayside
