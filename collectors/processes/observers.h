#pragma once

#include <memory>
#include <span>
#include <vector>

#include "agent/core/environment.h"
#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/log.h"
#include "collectors/processes/config.h"
#include "collectors/processes/group_view.h"

namespace wayside {

// What the collector and its observers work with. Everything outlives them.
struct ProcessesContext {
  const Environment& environment;
  EventSink& events;
  Facts& facts;
  Log& log;
};

// Everyone who is told of groups, in the order they are called.
std::vector<std::unique_ptr<GroupObserver>> make_group_observers(
    std::span<const ProcessGroupConfig> groups, const ProcessesContext& context);

}  // namespace wayside
