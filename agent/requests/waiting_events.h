#pragma once

#include <deque>
#include <string>

#include "agent/core/event.h"
#include "agent/core/time.h"
#include "agent/requests/service_notes.h"

namespace wayside {

// Events about slow requests on their way out. Where another source enriches the service, one
// gets what that source told of its request (`service_log`), and waits up to a second for it,
// since a load balancer's line may be there before the service's own. Counting never waits. One
// thread at a time.
class WaitingEvents {
 public:
  static constexpr std::size_t kMost = 64;  // one more goes out as it is
  static constexpr std::chrono::seconds kPatience{1};

  // `board` may be null: nothing enriches. What is passed outlives it.
  WaitingEvents(std::string service, const NotesBoard* board, EventSink& events,
                std::uint64_t seed);
  ~WaitingEvents();  // sends what waits

  void send(Event event, RequestIds ids, SteadyTime now);
  // Sends those whose partner came or whose time is over.
  void tick(SteadyTime now);

 private:
  struct Waiting {
    Event event;
    RequestIds ids;
    SteadyTime until;
  };
  bool complete(Event& event, const RequestIds& ids, const ServiceNotes& notes, SteadyTime now);
  void send_all();

  std::string service_;
  const NotesBoard* board_;
  EventSink& events_;
  std::uint64_t seed_;
  std::deque<Waiting> waiting_;
};

}  // namespace wayside
