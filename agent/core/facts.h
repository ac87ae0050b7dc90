#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/time.h"

namespace wayside {

struct FactId {
  std::uint32_t index = 0;
};

// The facts board: collectors put their latest figures on it, and whoever writes an event reads
// what is known about a moment without knowing any collector.
//
// A fact has a scope (a service's name, or empty for the host and everything else) and a name
// with its unit ("requests_10s", "cpu_share"). Thread-safe; only `declare` takes a lock.
class Facts {
 public:
  static constexpr std::size_t kMaxFacts = 1024;

  // The same scope and name give the same id. Past kMaxFacts a fact is taken and never shown.
  FactId declare(std::string_view scope, std::string_view name);
  void put(FactId fact, double value, WallTime now);
  void withdraw(FactId fact);

  // Calls `fn` for every fact of `scope` and of the empty scope that was put at most `max_age`
  // before `now`, in the order they were declared.
  void each(std::string_view scope, WallTime now, Micros max_age,
            const std::function<void(std::string_view name, double value)>& fn) const;

 private:
  struct Slot {
    std::string scope, name;
    std::atomic<std::int64_t> put_at{kNoTime.time_since_epoch().count()};
    std::atomic<double> value{0};
  };
  [[nodiscard]] Slot* slot(FactId fact);

  std::mutex mutex_;  // one declaration at a time
  // Slots never move, and those below size_ never change but for their atomics: readers and
  // writers of values need no lock.
  std::vector<std::unique_ptr<Slot>> slots_{kMaxFacts};
  std::atomic<std::size_t> size_{0};
};

}  // namespace wayside
