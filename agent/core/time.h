#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace wayside {

// Every duration of a request is in whole microseconds; every wall time in microseconds since
// 1970 UTC.
using Micros = std::chrono::duration<std::int64_t, std::micro>;
using WallTime = std::chrono::time_point<std::chrono::system_clock, Micros>;
using SteadyTime = std::chrono::steady_clock::time_point;

// "Not stated by the source". Never stands for zero.
inline constexpr Micros kNoDuration = Micros::min();
inline constexpr WallTime kNoTime = WallTime::min();

inline double seconds(Micros duration) {
  return static_cast<double>(duration.count()) / 1e6;
}
inline double seconds(WallTime time) {
  return seconds(time.time_since_epoch());
}

// "2026-11-23T22:31:31.123Z". Thread-safe.
std::string to_rfc3339(WallTime time);

// Where the time comes from, so that a test can set it. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual WallTime wall() const = 0;
  [[nodiscard]] virtual SteadyTime steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override;
  [[nodiscard]] SteadyTime steady() const override;
};

// Stands still until it is moved. For tests; thread-safe only in reading.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(WallTime start = WallTime{std::chrono::seconds{1'700'000'000}})
      : wall_(start) {}
  void advance(Micros by) {
    wall_ += by;
    steady_ += by;
  }
  [[nodiscard]] WallTime wall() const override { return wall_; }
  [[nodiscard]] SteadyTime steady() const override { return steady_; }

 private:
  WallTime wall_;
  SteadyTime steady_{};
};

}  // namespace wayside
