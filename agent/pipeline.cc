#include "agent/pipeline.h"

#include <algorithm>

namespace wayside {

Pipeline::Pipeline(Exposition& exposition, CollectorHealth& health)
    : exposition_(exposition), health_(health) {}

Result<std::unique_ptr<Pipeline>> Pipeline::start(const std::vector<CollectorPlan>& plans,
                                                  const CollectorContext& context,
                                                  Exposition& exposition, CollectorHealth& health) {
  std::unique_ptr<Pipeline> pipeline(new Pipeline(exposition, health));
  pipeline->scheduler_ =
      std::make_unique<Scheduler>(*context.environment.clock, health, context.log);
  for (const CollectorPlan& plan : plans) {
    if (auto made = pipeline->make(plan, context); !made) return made.error().in(plan.name);
  }
  pipeline->run(context);
  return pipeline;
}

Result<void> Pipeline::make(const CollectorPlan& plan, const CollectorContext& context) {
  if (plan.streamer) {
    auto streamer = plan.streamer(context);
    if (!streamer) return streamer.error();
    streams_.push_back({plan.name, std::move(streamer).value(), {}});
    return {};
  }
  auto poller = plan.poller(context);
  if (!poller) return poller.error();
  auto snapshot = scheduler_->add({plan.name, plan.target}, std::move(poller).value(),
                                  {plan.interval, plan.sampling});
  polls_.push_back({std::move(snapshot), {plan.name, plan.target}});
  return {};
}

void Pipeline::run(const CollectorContext& context) {
  scheduler_->start();
  for (const Poll& poll : polls_) exposition_.add(poll.snapshot, poll.origin);
  for (Stream& stream : streams_) {
    Streamer& streamer = *stream.streamer;
    stream.thread =
        std::jthread([&streamer](std::stop_token stop) { streamer.run(std::move(stop)); });
  }
  report_health(*context.environment.clock);
}

Pipeline::~Pipeline() {
  for (Stream& stream : streams_) stream.thread.request_stop();
  for (Stream& stream : streams_) {
    if (stream.thread.joinable()) stream.thread.join();
    health_.forget(stream.name);
  }
  for (const Poll& poll : polls_) exposition_.remove(poll.snapshot);
}

bool Pipeline::ready() const {
  return std::all_of(streams_.begin(), streams_.end(),
                     [](const Stream& stream) { return stream.streamer->ready(); });
}

std::vector<std::string> Pipeline::describe() const {
  std::vector<std::string> lines;
  for (const Stream& stream : streams_) {
    lines.push_back(stream.name + ": " + stream.streamer->describe());
  }
  for (std::string& line : scheduler_->describe()) lines.push_back(std::move(line));
  return lines;
}

void Pipeline::report_health(const Clock& clock) {
  for (const Stream& stream : streams_) {
    health_.record(stream.name, stream.streamer->outcome(), std::nullopt, clock.wall());
  }
}

}  // namespace wayside
