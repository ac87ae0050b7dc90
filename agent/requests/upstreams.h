#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "agent/requests/families.h"
#include "agent/requests/hash.h"
#include "agent/store/store.h"

namespace wayside {

// An upstream's address as OpenTelemetry splits it.
struct UpstreamAddress {
  std::string_view address;  // "10.0.0.1", "::1" without brackets, "/run/app.sock"
  std::string_view port;     // empty: none
};
// "10.0.0.1:8080", "[::1]:80", "unix:/run/app.sock", "backend".
UpstreamAddress split_upstream(std::string_view text);

// Counts attempts at upstreams into the store. Keeps the series it has met, as many as the
// families may have. One thread at a time, that of the shard.
class Upstreams {
 public:
  Upstreams(Shard& shard, const RequestFamilies& families, std::string_view service,
            std::uint64_t seed);

  // `measured`: the attempt has a duration that is a latency. `request`: whose attempt it was.
  void record(const Attempt& attempt, bool measured, const ExemplarSource& request);

 private:
  struct Known {
    std::uint64_t hash = 0;
    std::string address;
    std::uint16_t status = 0;
    bool measured = false;
    SeriesRef series;

    [[nodiscard]] bool is(std::string_view text, std::uint16_t code, bool timed) const {
      return status == code && measured == timed && same_text(address, text);
    }
  };
  SeriesRef find(const Attempt& attempt, bool measured);
  SeriesRef meet(const Attempt& attempt, bool measured, std::uint64_t hash);
  void grow();
  void place(std::uint32_t known);

  Shard& shard_;
  const RequestFamilies& families_;
  HistogramWriter durations_;
  std::string service_;
  std::uint64_t seed_;
  std::vector<Known> known_;
  std::size_t last_ = 0;              // the one found last: attempts at one upstream come in rows
  std::vector<std::uint32_t> slots_;  // open addressing; index into known_ + 1, 0: free
};

}  // namespace wayside
