#pragma once

#include <chrono>
#include <thread>

namespace wayside::support {

// Sanitizers and a busy machine slow everything; a condition that holds is seen at once, so a
// generous limit costs nothing.
inline constexpr std::chrono::seconds kPatience{60};

// Asks every `step` whether `condition` holds, until it does or `limit` is over.
template <typename Condition>
bool wait_until(const Condition& condition, std::chrono::milliseconds limit = kPatience,
                std::chrono::milliseconds step = std::chrono::milliseconds{20}) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(step);
  }
  return true;
}

}  // namespace wayside::support
