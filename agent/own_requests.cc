#include "agent/own_requests.h"

namespace wayside {

Result<void> OwnRequests::start(const RecorderContext& context, const RequestRules& rules) {
  const std::lock_guard lock(mutex_);
  auto shard = context.store.shard();
  if (!shard) return shard.error();
  shard_.emplace(std::move(shard).value());
  auto recorder = Recorder::create(context, *shard_, "wayside", rules);
  if (!recorder) return recorder.error();
  recorder_ = std::move(recorder).value();
  return {};
}

void OwnRequests::stop() {
  const std::lock_guard lock(mutex_);
  recorder_.reset();
  shard_.reset();
}

void OwnRequests::on(std::span<const Request> requests) {
  const std::lock_guard lock(mutex_);
  if (recorder_) recorder_->on(requests);
}

void OwnRequests::tick() {
  const std::lock_guard lock(mutex_);
  if (recorder_) recorder_->tick();
}

}  // namespace wayside
