#pragma once

#include <memory>
#include <utility>

#include "agent/core/request.h"
#include "agent/core/time.h"
#include "agent/requests/service_notes.h"

namespace wayside {

// Takes the requests of a source that does not count: they are in no metric, and what they tell is
// kept for the events of the source that counts. One thread at a time.
class Enricher final : public RequestSink {
 public:
  // `clock` outlives it.
  Enricher(std::shared_ptr<ServiceNotes> notes, const Clock& clock)
      : notes_(std::move(notes)), clock_(clock) {}

  void on(std::span<const Request> requests) override { notes_->put(requests, clock_.steady()); }

 private:
  std::shared_ptr<ServiceNotes> notes_;
  const Clock& clock_;
};

}  // namespace wayside
