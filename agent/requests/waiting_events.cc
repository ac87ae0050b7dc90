#include "agent/requests/waiting_events.h"

#include <utility>

namespace wayside {

WaitingEvents::WaitingEvents(std::string service, const NotesBoard* board, EventSink& events,
                             std::uint64_t seed)
    : service_(std::move(service)), board_(board), events_(events), seed_(seed) {}

WaitingEvents::~WaitingEvents() {
  send_all();
}

void WaitingEvents::send(Event event, RequestIds ids, SteadyTime now) {
  const auto notes = board_ == nullptr || ids.empty() ? nullptr : board_->find(service_);
  if (!notes || complete(event, ids, *notes, now) || waiting_.size() == kMost) {
    events_.emit(std::move(event));
    return;
  }
  waiting_.push_back({std::move(event), std::move(ids), now + kPatience});
}

bool WaitingEvents::complete(Event& event, const RequestIds& ids, const ServiceNotes& notes,
                             SteadyTime now) {
  const auto note = notes.find(ids, now);
  if (!note) return false;
  auto told = note->beyond(event.fields, seed_);
  if (!told.empty()) event.fields["service_log"] = std::move(told);
  return true;
}

void WaitingEvents::tick(SteadyTime now) {
  if (waiting_.empty()) return;
  const auto notes = board_->find(service_);
  if (!notes) return send_all();
  std::erase_if(waiting_, [&](Waiting& waiting) {
    if (!complete(waiting.event, waiting.ids, *notes, now) && now < waiting.until) return false;
    events_.emit(std::move(waiting.event));
    return true;
  });
}

void WaitingEvents::send_all() {
  for (Waiting& waiting : waiting_) events_.emit(std::move(waiting.event));
  waiting_.clear();
}

}  // namespace wayside
