#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "agent/core/request.h"
#include "agent/requests/recorder.h"

namespace wayside {

// The requests that wayside's own endpoint answers, recorded as those of the service `wayside`.
// Thread-safe: the endpoint's workers tell of few requests, so a lock makes them one writer.
class OwnRequests final : public RequestSink {
 public:
  // From now on requests are recorded by these rules; while stopped they are let go.
  Result<void> start(const RecorderContext& context, const RequestRules& rules);
  void stop();

  void on(std::span<const Request> requests) override;
  void tick();

 private:
  std::mutex mutex_;
  std::optional<Shard> shard_;
  std::unique_ptr<Recorder> recorder_;
};

}  // namespace wayside
