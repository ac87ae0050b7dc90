#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace wayside {

// A status as label text: three digits, or empty where there is none or it is no HTTP status.
class StatusText {
 public:
  explicit StatusText(std::uint16_t status)
      : digits_{static_cast<char>('0' + status / 100 % 10),
                static_cast<char>('0' + status / 10 % 10), static_cast<char>('0' + status % 10)},
        size_(status >= 100 && status <= 999 ? 3 : 0) {}
  [[nodiscard]] std::string_view view() const { return {digits_.data(), size_}; }

 private:
  std::array<char, 3> digits_;
  std::size_t size_;
};

}  // namespace wayside
