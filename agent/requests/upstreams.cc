#include "agent/requests/upstreams.h"

#include <array>

#include "agent/requests/hash.h"
#include "agent/requests/status_text.h"

namespace wayside {
namespace {

// An address is a host, a port or a path of a socket; what is longer is cut before it is kept.
constexpr std::size_t kMaxAddress = 256;

}  // namespace

UpstreamAddress split_upstream(std::string_view text) {
  constexpr std::string_view kUnix = "unix:";
  if (text.substr(0, kUnix.size()) == kUnix) {
    text.remove_prefix(kUnix.size());
    if (!text.empty() && text.back() == ':') text.remove_suffix(1);
    return {text, {}};
  }
  const std::size_t colon = text.rfind(':');
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return {text, {}};
    return {text.substr(1, close - 1), colon > close && colon != std::string_view::npos
                                           ? text.substr(colon + 1)
                                           : std::string_view{}};
  }
  // A bare IPv6 address has more than one colon and no port.
  if (colon == std::string_view::npos || text.find(':') != colon) return {text, {}};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

Upstreams::Upstreams(Shard& shard, const RequestFamilies& families, std::string_view service,
                     std::uint64_t seed)
    : shard_(shard),
      families_(families),
      durations_(shard.histogram(families.upstream)),
      service_(service),
      seed_(seed),
      slots_(16) {}

void Upstreams::record(const Attempt& attempt, bool measured, const ExemplarSource& request) {
  const SeriesRef series = find(attempt, measured);
  if (!series) return;
  if (!measured) {
    Shard::add(series);
    return;
  }
  const auto micros = static_cast<std::uint64_t>(attempt.duration.count());
  const Buckets& buckets = durations_.buckets();
  const std::size_t cell = buckets.cell_of(micros);
  durations_.observe(series.cells, cell, micros);
  if (request.trace_id.empty() && request.request_id.empty()) return;
  durations_.exemplify(series.cells, buckets.bucket_of(cell), request);
}

SeriesRef Upstreams::find(const Attempt& attempt, bool measured) {
  const std::string_view address = attempt.address.substr(0, kMaxAddress);
  if (last_ < known_.size() && known_[last_].is(address, attempt.status, measured)) {
    return known_[last_].series;
  }
  const std::uint64_t hash =
      hash_text(address, seed_ ^ (std::uint64_t{attempt.status} << 1 | (measured ? 1U : 0U)));
  for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == 0) return meet(attempt, measured, hash);
    const Known& known = known_[slots_[at] - 1];
    if (known.hash == hash && known.is(address, attempt.status, measured)) {
      last_ = slots_[at] - 1;
      return known.series;
    }
  }
}

SeriesRef Upstreams::meet(const Attempt& attempt, bool measured, std::uint64_t hash) {
  const std::string_view address = attempt.address.substr(0, kMaxAddress);
  const auto [host, port] = split_upstream(address);
  const StatusText status(attempt.status);
  const std::array<std::string_view, 4> labels = {service_, host, port, status.view()};
  const SeriesRef series =
      shard_.series(measured ? families_.upstream : families_.upstream_unmeasured, labels);
  // Not kept: the store counts each request that overflows.
  if (!series || series.overflow) return series;
  known_.push_back({hash, std::string(address), attempt.status, measured, series});
  if (known_.size() * 2 > slots_.size()) {
    grow();
  } else {
    place(static_cast<std::uint32_t>(known_.size()));
  }
  return series;
}

void Upstreams::grow() {
  slots_.assign(slots_.size() * 2, 0);
  for (std::uint32_t i = 1; i <= known_.size(); ++i) place(i);
}

void Upstreams::place(std::uint32_t known) {
  std::size_t at = known_[known - 1].hash & (slots_.size() - 1);
  while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = known;
}

}  // namespace wayside
