#include "agent/pipeline.h"

#include <algorithm>

namespace wayside {
namespace {

std::string key_of(const CollectorPlan& plan) {
  if (plan.made_from.empty()) return {};
  return plan.name + '\n' + plan.target + '\n' + plan.made_from;
}

Result<std::unique_ptr<Poller>> poller_of(const CollectorPlan& plan,
                                          const CollectorContext& context, KeptPollers& kept) {
  auto at = kept.extract(key_of(plan));
  if (!at.empty()) return std::move(at.mapped());
  return plan.poller(context);
}

}  // namespace

Pipeline::Pipeline(Exposition& exposition, CollectorHealth& health)
    : exposition_(exposition), health_(health) {}

Result<std::unique_ptr<Pipeline>> Pipeline::start(const std::vector<CollectorPlan>& plans,
                                                  const CollectorContext& context,
                                                  Exposition& exposition, CollectorHealth& health,
                                                  KeptPollers& kept) {
  std::unique_ptr<Pipeline> pipeline(new Pipeline(exposition, health));
  pipeline->scheduler_ =
      std::make_unique<Scheduler>(*context.environment.clock, health, context.log);
  for (const CollectorPlan& plan : plans) {
    if (auto made = pipeline->make(plan, context, kept); !made) {
      kept.merge(pipeline->release_pollers());
      return made.error().in(plan.name);
    }
  }
  pipeline->run(context);
  return pipeline;
}

Result<void> Pipeline::make(const CollectorPlan& plan, const CollectorContext& context,
                            KeptPollers& kept) {
  if (plan.streamer) {
    auto streamer = plan.streamer(context);
    if (!streamer) return streamer.error();
    streams_.push_back({plan.name, std::move(streamer).value(), {}});
    return {};
  }
  auto poller = poller_of(plan, context, kept);
  if (!poller) return poller.error();
  auto snapshot = scheduler_->add({plan.name, plan.target}, std::move(poller).value(),
                                  {plan.interval, plan.sampling});
  polls_.push_back({std::move(snapshot), {plan.name, plan.target}, key_of(plan)});
  return {};
}

KeptPollers Pipeline::release_pollers() {
  KeptPollers kept;
  auto pollers = scheduler_->stop();
  for (std::size_t i = 0; i < pollers.size(); ++i) {
    if (!polls_[i].key.empty()) kept.emplace(polls_[i].key, std::move(pollers[i]));
  }
  return kept;
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
