#include "exporters/prometheus/http/shield_keeper.h"

#include <chrono>

namespace wayside {
namespace {

constexpr std::chrono::seconds kLookEvery{2};

FileStamps stamps_of(const TlsConfig& tls) {
  return FileStamps({tls.cert, tls.key, tls.client_ca});
}

}  // namespace

Result<ShieldKeeper::Ready> ShieldKeeper::make(const PrometheusConfig& config) const {
  Ready ready;
  ready.tls = config.tls;
  if (config.tls) {
    ready.stamps = stamps_of(*config.tls);
    auto loaded = TlsContext::load(*config.tls);
    if (auto* problem = std::get_if<TlsProblem>(&loaded)) {
      return Error{"exporters.prometheus.tls." + std::string(problem->key) + ": " +
                   problem->message};
    }
    ready.shield.tls = std::get<std::shared_ptr<const TlsContext>>(std::move(loaded));
  }
  if (config.auth) {
    const std::shared_ptr<Guard> present = shields_.get().guard;
    if (present && present->config() == *config.auth) {
      ready.shield.guard = present;
    } else {
      auto made = Guard::create(*config.auth);
      if (!made) return made.error().in("exporters.prometheus.auth");
      ready.shield.guard = std::move(*made);
    }
  }
  return ready;
}

void ShieldKeeper::put_up(Ready ready) {
  tally_.certificate_is_up(kNoTime);
  if (ready.shield.tls) tell_of(*ready.shield.tls);
  tls_ = std::move(ready.tls);
  stamps_ = std::move(ready.stamps);
  told_.clear();
  shields_.set(std::move(ready.shield));
}

void ShieldKeeper::look(SteadyTime now) {
  if (!tls_ || now < look_at_) return;
  look_at_ = now + kLookEvery;
  FileStamps stamps = stamps_of(*tls_);
  // Of several files that are replaced the first may be seen alone: what did not fit is tried
  // again, without a word as long as the reason stays the same.
  if (stamps == stamps_ && told_.empty()) return;
  stamps_ = std::move(stamps);
  auto loaded = TlsContext::load(*tls_);
  if (const auto* problem = std::get_if<TlsProblem>(&loaded)) {
    const std::string why = std::string(problem->key) + ": " + problem->message;
    if (why == told_) return;
    told_ = why;
    tally_.certificate_refused();
    return log_.write(Level::error, "http: tls." + told_ + "; the certificate before stays in use");
  }
  told_.clear();
  Shield shield = shields_.get();
  shield.tls = std::get<std::shared_ptr<const TlsContext>>(std::move(loaded));
  tell_of(*shield.tls);
  shields_.set(std::move(shield));
  log_.write(Level::info, "http: tls: the certificate was read anew");
}

void ShieldKeeper::tell_of(const TlsContext& tls) {
  for (const std::string& warning : tls.warnings())
    log_.write(Level::warn, "http: tls: " + warning);
  tally_.certificate_is_up(tls.expires());
}

}  // namespace wayside
