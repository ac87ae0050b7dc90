#pragma once

#include <memory>
#include <optional>

#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/time.h"
#include "agent/requests/recorder.h"
#include "agent/store/store.h"

namespace wayside::bench {

// A recorder with all it needs, whose events go nowhere.
class Recording {
 public:
  explicit Recording(bool native = true) : store_(clock_) {
    RequestRules rules;
    rules.native_histograms = native;
    if (auto shard = store_.shard()) shard_.emplace(std::move(*shard));
    if (!shard_) return;
    auto recorder = Recorder::create({store_, events_, facts_, clock_}, *shard_, "bench", rules);
    if (recorder) recorder_ = std::move(*recorder);
  }

  // Null where the store refused the recorder.
  [[nodiscard]] Recorder* sink() { return recorder_.get(); }
  [[nodiscard]] Store& store() { return store_; }
  [[nodiscard]] const Store& store() const { return store_; }

 private:
  class NoEvents final : public EventSink {
   public:
    void emit(Event) override {}
  };

  SystemClock clock_;
  Store store_;
  NoEvents events_;
  Facts facts_;
  std::optional<Shard> shard_;
  std::unique_ptr<Recorder> recorder_;
};

}  // namespace wayside::bench
