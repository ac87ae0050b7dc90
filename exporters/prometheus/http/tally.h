#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "exporters/prometheus/format/metrics_format.h"
#include "exporters/prometheus/http/guard.h"
#include "exporters/prometheus/http/tls_session.h"

namespace wayside {

// How a connection ended. Each ends in exactly one way.
enum class ConnectionEnd : std::uint8_t {
  answered,    // with its whole answer, whatever the status
  refused,     // its head was no request we take: answered with the reason
  silent,      // no complete head in time, or the peer left before one
  crowded,     // dropped without a complete head, to make room for a newer one
  overloaded,  // a complete request, too many before it: answered 503, or dropped with its body
  cut_off,     // kept a worker blocked while others waited, or past its time
  broken,      // the peer left before its answer was sent
  stopped,     // the endpoint stopped
  handshake    // no TLS session came about
};
inline constexpr std::size_t kConnectionEnds = 9;

// The endpoint's own counts, as prometheus-cpp's registry keeps them. Thread-safe.
class Tally {
 public:
  Tally();

  void ended(ConnectionEnd end) { ended_[static_cast<std::size_t>(end)]->Increment(); }
  // A whole page was sent, of so many bytes as sent, its client waited for included.
  void scraped(MetricsFormat format, std::size_t bytes, std::chrono::nanoseconds took);
  void accept_failed() { accept_failed_->Increment(); }
  void tls_failed(TlsFailure why) { tls_failed_[static_cast<std::size_t>(why)]->Increment(); }
  void turned_away(Verdict why) { turned_away_[static_cast<std::size_t>(why)]->Increment(); }
  void certificate_is_up(WallTime expires);  // kNoTime: none is, or nobody knows
  void certificate_refused() { certificate_refused_->Increment(); }
  [[nodiscard]] std::shared_ptr<prometheus::Registry> registry() const { return registry_; }

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  std::array<prometheus::Counter*, kConnectionEnds> ended_{};
  std::array<prometheus::Histogram*, kMetricsFormats> scrape_seconds_{};
  std::array<prometheus::Histogram*, kMetricsFormats> scrape_bytes_{};
  prometheus::Counter* accept_failed_ = nullptr;
  std::array<prometheus::Counter*, kTlsFailures> tls_failed_{};
  std::array<prometheus::Counter*, kVerdicts> turned_away_{};  // the first one stays null
  prometheus::Family<prometheus::Gauge>* expiry_ = nullptr;
  prometheus::Gauge* expires_ = nullptr;  // of the family, where a certificate is up
  prometheus::Counter* certificate_refused_ = nullptr;
};

}  // namespace wayside
