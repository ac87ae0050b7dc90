#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/event.h"
#include "agent/core/request.h"
#include "agent/core/time.h"
#include "agent/requests/top_sketch.h"

namespace wayside {

// A client, tenant or key and its requests that were slow, failed or limited, fit to be shown.
struct Sufferer {
  std::string name;
  bool is_client = false;      // an address; otherwise what the source was told names it
  std::uint64_t requests = 0;  // at most
  std::uint64_t at_least = 0;
  std::uint64_t slow = 0;    // at least
  std::uint64_t failed = 0;  // 5xx, at least

  [[nodiscard]] nlohmann::ordered_json json() const;
};

// Those of one service from `since` until now, most first.
struct SuffererReport {
  WallTime since = kNoTime;
  WallTime until = kNoTime;
  std::vector<Sufferer> troubled;  // by slow and failed requests
  std::vector<Sufferer> limited;   // by requests that were answered with 429
};

// Whom one service serves badly: clients by their slow and failed (5xx) requests, and apart by
// those that were limited (429). Of the last five to ten minutes, in windows of five minutes that
// begin when the clock shows a multiple of them. Only a request that went wrong is told here, so
// that the others cost nothing. One thread at a time.
class Sufferers {
 public:
  static constexpr std::chrono::minutes kWindow{5};
  static constexpr std::size_t kReported = 20;

  // `anonymize`: addresses count as their networks.
  Sufferers(std::string service, bool anonymize, std::uint64_t seed, WallTime now);

  // Of a request that was slow, or whose status is 5xx or 429; others are let go, and so are
  // those that name nobody or ended before this window and the one before it.
  void note(const Request& request, bool slow, WallTime ended);

  // Begins the next window when it is time. What the last one held, where it held anybody.
  std::optional<Event> tick(WallTime now);

  [[nodiscard]] SuffererReport report(WallTime now, std::size_t most = kReported) const;
  // Whether anything was noted, or a window begun, since the last call.
  [[nodiscard]] bool changed();

 private:
  struct Sketches {
    TopSketch troubled, limited;
    [[nodiscard]] bool empty() const { return troubled.empty() && limited.empty(); }
    void clear();
  };
  [[nodiscard]] std::vector<Sufferer> top(const TopSketch& before, const TopSketch& now,
                                          std::size_t most) const;
  [[nodiscard]] Event event(WallTime at) const;

  std::string service_;
  bool anonymize_;
  std::uint64_t seed_;
  std::int64_t window_;  // its number since 1970
  bool changed_ = false;
  Sketches before_, now_;
  std::string key_;  // reused
};

}  // namespace wayside
