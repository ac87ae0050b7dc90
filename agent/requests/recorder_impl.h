#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/requests/bot_rule.h"
#include "agent/requests/distribution.h"
#include "agent/requests/families.h"
#include "agent/requests/ignore_rule.h"
#include "agent/requests/recorder.h"
#include "agent/requests/route_book.h"
#include "agent/requests/route_table.h"
#include "agent/requests/slow_watch.h"
#include "agent/requests/sufferers.h"
#include "agent/requests/upstreams.h"
#include "agent/requests/window.h"

namespace wayside {

// The way of one request: ignored or not, its route, its series, the windows, its attempts, and
// whether it was slow.
struct Recorder::Impl {
  Impl(const RecorderContext& context, Shard& shard, std::string service, const RequestRules& rules,
       const RequestFamilies& families, Redaction redaction);
  ~Impl();

  void record(std::span<const Request> requests);
  void tick();

 private:
  // A request while it is judged.
  struct Judged {
    std::string_view route;  // the template; empty: none
    Micros latency{0};
    bool measured = false;
    std::size_t cell = 0;    // of the histogram, where measured
    std::size_t bucket = 0;  // its classic bucket, and past the last one where it is not
  };
  // Where a request is counted.
  struct Counted {
    Route& route;
    Cell* cells;  // absent only where the store refuses
  };

  // What is found of a request before its turn, so that the memory it needs is on its way.
  struct Ahead {
    std::uint64_t hash = 0;  // of its path's key; 0: it has none
    Route* route = nullptr;  // met before
    Cell* cells = nullptr;   // of its series there
    Judged judged;           // without the route
  };
  static constexpr std::size_t kAhead = 32;

  void look_ahead(std::span<const Request> requests);
  void find_keys(std::span<const Request> requests);
  void find_cells(const Request& request, Ahead& ahead);
  void record(const Request& request, Ahead& ahead);
  [[nodiscard]] Micros latency_of(const Request& request) const;
  void declare_ignored(const RequestRules& rules);
  bool ignored(const Request& request);
  Counted find_series(const Request& request, Ahead& ahead);
  Counted find_by_template(const Request& request, Judged& judged);
  Counted mint(const Request& request, const Judged& judged, bool known);
  void recall_routes();
  void learn(Route& route, bool proven);
  Cell* series_of(Route& route, const Request& request, const Judged& judged);
  SeriesRef ask_store(const Request& request, const Judged& judged);
  void measure(const Request& request, Judged& judged) const;
  void count(const Request& request, Cell* cells, const Judged& judged, WallTime ended) const;
  void judge(const Request& request, const Judged& judged, Route& route, WallTime ended);
  void note(Route& route, const Request& request, std::size_t bucket, WallTime ended);
  void record_attempts(const Request& request, WallTime ended);

  const Clock& clock_;
  Facts& facts_;
  EventSink& events_;
  KnownRoutes* const known_routes_;
  RequestBoards* const boards_;
  Shard& shard_;
  std::string service_;
  RequestFamilies families_;
  bool by_upstream_;
  HistogramWriter durations_;
  const Buckets& buckets_;  // of the durations
  RouteTable table_;
  IgnoreRule ignore_;
  std::optional<BotRule> bots_;
  std::uint64_t seed_;
  RouteBook book_;
  Route unrouted_;  // requests without a route
  Route unminted_;  // requests whose route the full family has no place for
  Upstreams upstreams_;
  Distribution distribution_;
  Window window_;  // of the service
  FactId requests_fact_;
  FactId error_share_fact_;
  std::vector<SeriesRef> ignored_;  // by pattern; last those of bots
  Sufferers sufferers_;
  TemplateBuffer buffer_;
  // Absent where configured templates have the first word on each path.
  decltype(PathKeyer::find) find_key_ = nullptr;
  std::array<PathKey, kAhead> keys_;
  std::array<Ahead, kAhead> ahead_;
  SlowWatch slow_;  // last: it tells what it holds when the rest still stands
};

}  // namespace wayside
