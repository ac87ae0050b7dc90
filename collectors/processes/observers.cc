#include "collectors/processes/observers.h"

#include "collectors/processes/leaks/leak_watch.h"
#include "collectors/processes/memory_log.h"
#include "collectors/processes/service_facts.h"
#include "collectors/processes/sockets/socket_watch.h"
#include "collectors/processes/workers/work_watch.h"

namespace wayside {

std::vector<std::unique_ptr<GroupObserver>> make_group_observers(
    std::span<const ProcessGroupConfig> /*groups*/, const ProcessesContext& context) {
  std::vector<std::unique_ptr<GroupObserver>> observers;
  observers.push_back(std::make_unique<LeakWatch>(context));
  observers.push_back(std::make_unique<WorkWatch>(context));
  observers.push_back(std::make_unique<SocketWatch>(context));
  observers.push_back(std::make_unique<ServiceFacts>(context.facts, *context.environment.clock));
  observers.push_back(std::make_unique<MemoryLog>(context.events));
  return observers;
}

}  // namespace wayside
