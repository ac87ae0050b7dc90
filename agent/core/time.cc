#include "agent/core/time.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace wayside {

WallTime SystemClock::wall() const {
  return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steady() const {
  return std::chrono::steady_clock::now();
}

std::string to_rfc3339(WallTime time) {
  constexpr std::int64_t kSecond = 1'000'000;
  const std::int64_t micros = time.time_since_epoch().count();
  // Rounded down by hand: chrono's floor overflows near the earliest time there is.
  const std::int64_t rest = (micros % kSecond + kSecond) % kSecond;
  const std::time_t epoch = micros / kSecond - (micros % kSecond < 0 ? 1 : 0);
  std::tm parts{};
  gmtime_r(&epoch, &parts);
  std::array<char, 80> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
                    parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour,
                    parts.tm_min, parts.tm_sec, static_cast<int>(rest / 1000));
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace wayside
