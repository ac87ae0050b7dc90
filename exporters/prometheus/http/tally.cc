#include "exporters/prometheus/http/tally.h"

namespace wayside {
namespace {

constexpr std::array<const char*, kConnectionEnds> kEnds = {"answered", "refused",    "silent",
                                                            "crowded",  "overloaded", "cut_off",
                                                            "broken",   "stopped",    "handshake"};
constexpr std::array<const char*, kTlsFailures> kTlsReasons = {
    "plain_http",      "version",         "cipher", "no_certificate",
    "bad_certificate", "refused_by_peer", "other"};
constexpr std::array<const char*, kVerdicts> kAuthReasons = {"", "missing", "wrong", "limited",
                                                             "busy"};

template <std::size_t N>
void add_all(prometheus::Family<prometheus::Counter>& family, const char* label,
             const std::array<const char*, N>& values, std::array<prometheus::Counter*, N>& out) {
  for (std::size_t i = 0; i < N; ++i) {
    if (*values[i] != '\0') out[i] = &family.Add({{label, values[i]}});
  }
}

prometheus::Family<prometheus::Counter>& counter(prometheus::Registry& registry, const char* name,
                                                 const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

constexpr std::array<const char*, kMetricsFormats> kFormats = {"text", "openmetrics", "protobuf"};

void add_histograms(prometheus::Registry& registry, const char* name, const char* help,
                    const std::vector<double>& bounds,
                    std::array<prometheus::Histogram*, kMetricsFormats>& out) {
  auto& family = prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = &family.Add({{"format", kFormats[i]}}, bounds);
  }
}

}  // namespace

Tally::Tally() : registry_(std::make_shared<prometheus::Registry>()) {
  prometheus::Registry& registry = *registry_;
  add_all(counter(registry, "wayside_http_connections_total",
                  "Connections to the agent's endpoint, by how they ended."),
          "end", kEnds, ended_);
  add_all(counter(registry, "wayside_http_tls_failures_total",
                  "Connections to the agent's endpoint on which no TLS session came about, by "
                  "what was wrong."),
          "reason", kTlsReasons, tls_failed_);
  add_all(counter(registry, "wayside_http_auth_failures_total",
                  "Requests to the agent's endpoint that were not let in, by what their "
                  "credentials were."),
          "reason", kAuthReasons, turned_away_);
  accept_failed_ = &counter(registry, "wayside_http_accept_failures_total",
                            "Times the system refused to hand over a new connection.")
                        .Add({});
  certificate_refused_ = &counter(registry, "wayside_http_certificate_reload_failures_total",
                                  "Times a changed certificate or key could not be used, and the "
                                  "one before stayed.")
                              .Add({});
  add_histograms(registry, "wayside_scrape_duration_seconds",
                 "How long a page of metrics took, its client's reading included.",
                 {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1}, scrape_seconds_);
  add_histograms(registry, "wayside_scrape_size_bytes",
                 "Size of a page of metrics as it was sent, compressed where it was.",
                 {1e3, 1e4, 1e5, 1e6, 1e7, 1e8}, scrape_bytes_);
  expiry_ = &prometheus::BuildGauge()
                 .Name("wayside_http_certificate_expiry_timestamp_seconds")
                 .Help("When the certificate of the agent's endpoint ends.")
                 .Register(registry);
}

void Tally::scraped(MetricsFormat format, std::size_t bytes, std::chrono::nanoseconds took) {
  const auto index = static_cast<std::size_t>(format);
  scrape_bytes_[index]->Observe(static_cast<double>(bytes));
  scrape_seconds_[index]->Observe(std::chrono::duration<double>(took).count());
}

void Tally::certificate_is_up(WallTime expires) {
  if (expires_ != nullptr) expiry_->Remove(std::exchange(expires_, nullptr));
  if (expires == kNoTime) return;
  expires_ = &expiry_->Add({});
  expires_->Set(seconds(expires));
}

}  // namespace wayside
