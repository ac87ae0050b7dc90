#pragma once

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "agent/config/config.h"
#include "agent/scheduler.h"
#include "agent/store/exposition.h"

namespace wayside {

// The collectors of one config while they run: streamers on a thread each, pollers on the
// scheduler's. Destroying it stops them all and saves their positions, so that the next pipeline
// goes on where this one ended.
class Pipeline {
 public:
  // Makes and starts every collector of the config, or none: an error names the one that could
  // not be made. All that is passed outlives the pipeline.
  static Result<std::unique_ptr<Pipeline>> start(const std::vector<CollectorPlan>& plans,
                                                 const CollectorContext& context,
                                                 Exposition& exposition, CollectorHealth& health);
  ~Pipeline();

  [[nodiscard]] bool ready() const;                         // every streamer has caught up
  [[nodiscard]] std::vector<std::string> describe() const;  // a line for each that has one
  void report_health(const Clock& clock);                   // to be called now and then

 private:
  struct Stream {
    std::string name;
    std::unique_ptr<Streamer> streamer;
    std::jthread thread;
  };
  Pipeline(Exposition& exposition, CollectorHealth& health);
  Result<void> make(const CollectorPlan& plan, const CollectorContext& context);
  void run(const CollectorContext& context);

  Exposition& exposition_;
  CollectorHealth& health_;
  std::unique_ptr<Scheduler> scheduler_;
  struct Poll {
    std::shared_ptr<const Snapshot> snapshot;
    SampleOrigin origin;
  };
  std::vector<Poll> polls_;
  std::vector<Stream> streams_;
};

}  // namespace wayside
