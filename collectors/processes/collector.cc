#include "collectors/processes/collector.h"

#include <utility>

namespace wayside {

struct ProcessesCollector::Impl {
  std::vector<ProcessGroupConfig> groups;
  ProcessesContext context;
  std::vector<std::unique_ptr<GroupObserver>> observers;
  std::vector<GroupView> views;
};

ProcessesCollector::ProcessesCollector(std::vector<ProcessGroupConfig> groups,
                                       const ProcessesContext& context)
    : impl_(new Impl{std::move(groups), context, {}, {}}) {
  impl_->observers = make_group_observers(impl_->groups, context);
}

ProcessesCollector::~ProcessesCollector() = default;

Outcome ProcessesCollector::poll(SteadyTime /*deadline*/, FamilyList& out) {
  const Clock& clock = *impl_->context.environment.clock;
  for (const auto& observer : impl_->observers) {
    observer->polled(impl_->views, clock.wall(), clock.steady(), out);
  }
  return Outcome::ok();
}

void ProcessesCollector::sample() {
  const SteadyTime now = impl_->context.environment.clock->steady();
  for (const auto& observer : impl_->observers) observer->sampled(impl_->views, now);
}

std::string ProcessesCollector::describe() const {
  return {};
}

}  // namespace wayside
