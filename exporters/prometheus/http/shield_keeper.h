#pragma once

#include <optional>
#include <string>

#include "agent/core/log.h"
#include "exporters/prometheus/config.h"
#include "exporters/prometheus/http/file_stamps.h"
#include "exporters/prometheus/http/shield.h"
#include "exporters/prometheus/http/tally.h"

namespace wayside {

// Makes the endpoint's shield from its config, and renews it when a file of TLS changes: from then
// on new connections meet the new certificate, while those that are open go on. Files that cannot
// be used leave what is there. One thread, but for `shields`.
class ShieldKeeper {
 public:
  // A shield that is ready to be put up.
  struct Ready {
    Shield shield;
    std::optional<TlsConfig> tls;
    FileStamps stamps;
  };

  ShieldKeeper(Tally& tally, Log& log) : tally_(tally), log_(log), shields_(Shield{}) {}

  // Reads the files. Errors name the key. Where `auth` is the same as before its guard goes on,
  // with all that it knows.
  [[nodiscard]] Result<Ready> make(const PrometheusConfig& config) const;
  void put_up(Ready ready);
  // Looks every few seconds whether files changed; to be called more often.
  void look(SteadyTime now);

  [[nodiscard]] const ShieldHolder& shields() const { return shields_; }

 private:
  void tell_of(const TlsContext& tls);

  Tally& tally_;
  Log& log_;
  ShieldHolder shields_;
  std::optional<TlsConfig> tls_;
  FileStamps stamps_;
  SteadyTime look_at_{};
  std::string told_;  // why the files as they are cannot be used; empty: they can
};

}  // namespace wayside
