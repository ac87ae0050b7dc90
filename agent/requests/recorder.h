#pragma once

#include <memory>
#include <span>
#include <string>

#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/request.h"
#include "agent/core/result.h"
#include "agent/requests/boards.h"
#include "agent/requests/known_routes.h"
#include "agent/requests/rules.h"
#include "agent/store/store.h"

namespace wayside {

// What every recorder of one agent shares. All outlive the recorders.
struct RecorderContext {
  Store& store;
  EventSink& events;
  Facts& facts;
  const Clock& clock;
  KnownRoutes* known_routes = nullptr;  // null: what was proven ends with the recorder
  std::string collector = std::string(Store::kSelf);  // whose requests they are
  RequestBoards* boards = nullptr;  // null: nothing enriches, and nobody asks who suffers
};

// Takes the requests of one service from one source: finds the route, counts into the store,
// judges slowness. It owns all it writes (a shard is lent to it), so recording takes no locks and
// allocates nothing for a series that exists. One thread at a time.
class Recorder final : public RequestSink {
 public:
  // `shard` outlives the recorder. Fails where the store refuses the request families.
  static Result<std::unique_ptr<Recorder>> create(const RecorderContext& context, Shard& shard,
                                                  std::string service, const RequestRules& rules);
  ~Recorder() override;

  void on(std::span<const Request> requests) override;

  // To be called about once a second, by the thread that calls `on`: publishes facts, tells of
  // slow requests that were held back, logs the distribution every five minutes.
  void tick();

 private:
  struct Impl;
  explicit Recorder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wayside
