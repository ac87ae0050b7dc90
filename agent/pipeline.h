#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "agent/config/config.h"
#include "agent/scheduler.h"
#include "agent/store/exposition.h"

namespace wayside {

// Pollers that go on in the next pipeline, by their collector and what they were made from.
using KeptPollers = std::map<std::string, std::unique_ptr<Poller>>;

// The collectors of one config while they run: streamers on a thread each, pollers on the
// scheduler's. Destroying it stops them all and saves their positions, so that the next pipeline
// goes on where this one ended.
class Pipeline {
 public:
  // Makes and starts every collector of the config, or none: an error names the one that could
  // not be made. Takes those that go on out of `kept`, and puts them back where it fails. All else
  // that is passed outlives the pipeline.
  static Result<std::unique_ptr<Pipeline>> start(const std::vector<CollectorPlan>& plans,
                                                 const CollectorContext& context,
                                                 Exposition& exposition, CollectorHealth& health,
                                                 KeptPollers& kept);
  ~Pipeline();

  // Stops all pollers; those that may go on. The last call before its end.
  KeptPollers release_pollers();

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
  Result<void> make(const CollectorPlan& plan, const CollectorContext& context, KeptPollers& kept);
  void run(const CollectorContext& context);

  Exposition& exposition_;
  CollectorHealth& health_;
  std::unique_ptr<Scheduler> scheduler_;
  struct Poll {
    std::shared_ptr<const Snapshot> snapshot;
    SampleOrigin origin;
    std::string key;  // under which it is kept; empty: it is not
  };
  std::vector<Poll> polls_;
  std::vector<Stream> streams_;
};

}  // namespace wayside
