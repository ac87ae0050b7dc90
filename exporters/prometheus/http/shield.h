#pragma once

#include <memory>
#include <mutex>

#include "exporters/prometheus/http/guard.h"
#include "exporters/prometheus/http/tls_context.h"

namespace wayside {

// What stands between the endpoint and its clients. Whoever uses it shares it, so that another
// one can take its place meanwhile.
struct Shield {
  std::shared_ptr<const TlsContext> tls;  // null: plain HTTP
  std::shared_ptr<Guard> guard;           // null: everyone is let in
};

// The one that is up at present. Thread-safe.
class ShieldHolder {
 public:
  explicit ShieldHolder(Shield shield) : shield_(std::move(shield)) {}
  [[nodiscard]] Shield get() const {
    const std::lock_guard lock(mutex_);
    return shield_;
  }
  void set(Shield shield) {
    const std::lock_guard lock(mutex_);
    std::swap(shield_, shield);
  }

 private:
  mutable std::mutex mutex_;
  Shield shield_;
};

}  // namespace wayside
