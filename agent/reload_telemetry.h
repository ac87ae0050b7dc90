#pragma once

#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <memory>

#include "agent/core/time.h"

namespace wayside {

// Whether the config in use is the one on disk, as metrics.
class ReloadTelemetry {
 public:
  ReloadTelemetry()
      : registry_(std::make_shared<prometheus::Registry>()),
        successful_(gauge("wayside_config_last_reload_successful",
                          "Whether the last attempt to load the config succeeded.")),
        time_(gauge("wayside_config_last_reload_success_timestamp_seconds",
                    "When a config was last loaded, in seconds since 1970.")) {}

  void succeeded(WallTime now) {
    successful_.Set(1);
    time_.Set(seconds(now));
  }
  void failed() { successful_.Set(0); }
  [[nodiscard]] std::shared_ptr<prometheus::Collectable> telemetry() const { return registry_; }

 private:
  prometheus::Gauge& gauge(const char* name, const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(*registry_).Add({});
  }

  std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Gauge& successful_;
  prometheus::Gauge& time_;
};

}  // namespace wayside
