#pragma once

#include <cstdint>
#include <optional>

namespace wayside {

// A sum that is only known where all its parts are. Of none it is zero.
class FigureSum {
 public:
  void add(std::optional<std::uint64_t> part) {
    if (part) {
      sum_ += static_cast<double>(*part);
    } else {
      known_ = false;
    }
  }
  [[nodiscard]] std::optional<double> value() const {
    return known_ ? std::optional<double>(sum_) : std::nullopt;
  }

 private:
  double sum_ = 0;
  bool known_ = true;
};

}  // namespace wayside
