#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "exporters/prometheus/http/connection.h"
#include "exporters/prometheus/http/limits.h"
#include "exporters/prometheus/http/shield.h"
#include "exporters/prometheus/http/tally.h"
#include "exporters/prometheus/http/transport.h"
#include "exporters/prometheus/http/witness.h"
#include "exporters/prometheus/pages.h"

namespace wayside {

class Responder;

// What workers share. All outlive them.
struct WorkersContext {
  Pages& pages;
  Witness& witness;
  Tally& tally;
  const ShieldHolder& shields;
  HttpLimits limits;
  // Takes a socket whose answer is sent but whose client may still be sending.
  std::function<void(Fd)> linger;
};

// A few threads that answer complete requests from a bounded queue. The first one starts at once,
// the others when they are first needed.
class Workers {
 public:
  explicit Workers(WorkersContext context);
  ~Workers() { stop(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  Result<void> start();
  // Cuts off everyone, drops the queue and waits for the threads.
  void stop();

  // Takes the connection, or leaves it untouched and says no: the queue is full.
  bool submit(Connection& connection);

  // While requests wait and no worker is free: cuts off the clients that have kept workers
  // blocked longest, beyond the patience, one for each request that waits. Returns when to look
  // again; nothing while all is well.
  std::optional<SteadyTime> relieve(SteadyTime now);

 private:
  struct Slot {
    Leash leash;
    bool busy = false;  // guarded by mutex_
    std::thread thread;
  };

  Result<void> start_one();
  void run(Slot& slot);
  void serve(Responder& responder, Slot& slot, Connection connection);
  void settle(Connection connection, SocketTransport& transport);
  bool drop_one_with_body();
  [[nodiscard]] Micros patience() const;

  WorkersContext context_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<Connection> queue_;  // those without a body first: a body may be long in coming
  std::size_t plain_ = 0;         // how many of them
  std::vector<std::unique_ptr<Slot>> slots_;  // started ones
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace wayside
