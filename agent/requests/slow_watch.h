#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/request.h"
#include "agent/requests/families.h"
#include "agent/requests/redaction.h"
#include "agent/requests/route_book.h"
#include "agent/requests/slow_rule.h"
#include "agent/requests/sufferers.h"
#include "agent/requests/waiting_events.h"

namespace wayside {

// Everything an event about a slow request tells.
struct SlowRequest {
  const Request& request;
  std::string_view route;  // the template; empty: none
  Micros latency;
  Micros threshold;
  WallTime ended;     // the request's own, or when it was read
  bool late = false;  // it ended long before it was read
};

// A request that ended longer ago than this when it was read was not read as it was written.
inline constexpr Micros kLateAfter = std::chrono::seconds{60};

// Judges requests of one service by the slow rule, counts the slow ones and tells of them within
// the storm limit. One thread at a time, that of the shard.
class SlowWatch {
 public:
  // What it needs; all outlive it.
  struct Parts {
    EventSink& events;
    Facts& facts;
    const Clock& clock;
    Shard& shard;
    const RequestFamilies& families;
    const Buckets& buckets;
    const Sufferers& sufferers;
    const NotesBoard* notes;  // null: nothing enriches
    bool anonymize;
    std::uint64_t seed;
  };
  SlowWatch(Parts parts, std::string service, SlowRule rule, Redaction redaction);
  SlowWatch(const SlowWatch&) = delete;
  SlowWatch& operator=(const SlowWatch&) = delete;
  ~SlowWatch();  // tells what is still held back

  [[nodiscard]] Micros threshold(std::string_view route) const { return rule_.threshold(route); }

  // Of a request that took longer than its threshold. `kept`: what is known of its route.
  void slow(SlowRequest slow, Route& kept);

  // Tells of routes whose storm ended before a line could, and what waited long enough.
  void tick();

 private:
  void count(std::string_view route, Route& kept);
  void tell(const SlowRequest& slow, Route& kept);
  void tell_late(const SlowRequest& slow, const Window* window);
  void send(const SlowRequest& slow, std::uint64_t held_back, const Window* window);
  [[nodiscard]] Event event(const SlowRequest& slow, std::uint64_t held_back,
                            const Window* window) const;
  [[nodiscard]] nlohmann::ordered_json context(const SlowRequest& slow, const Window* window) const;
  void put_present(const SlowRequest& slow, nlohmann::ordered_json& known) const;
  void tell_held_back(bool at_once);

  Parts parts_;
  std::string service_;
  SlowRule rule_;
  Redaction redaction_;
  std::vector<Route*> holding_;  // routes with something held back
  StormLimit late_;              // of all routes together
  WaitingEvents waiting_;
};

}  // namespace wayside
