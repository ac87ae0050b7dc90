#pragma once

#include <array>
#include <cstring>
#include <optional>
#include <string_view>

#include "agent/core/time.h"

namespace wayside {

// The three ways nginx writes the end of a request. Each reads the whole text or nothing; years
// are 1970 to 9999, and a sixtieth second counts as the next minute's first.
// https://nginx.org/en/docs/http/ngx_http_log_module.html

inline constexpr std::size_t kTimeLocalSize = 26;

// $time_local: "23/Nov/2026:22:31:31 +0000".
std::optional<WallTime> parse_time_local(std::string_view text);

// $time_iso8601: "2026-11-23T22:31:31+00:00". "Z", an offset without its colon and a fraction of
// the second are understood as well.
std::optional<WallTime> parse_time_iso8601(std::string_view text);

// $msec: "1795473091.123". Without a fraction it is whole seconds.
std::optional<WallTime> parse_msec(std::string_view text);

// The time_local text of the last line. A busy log has thousands of lines a second, so that most
// timestamps are read by one comparison. One thread.
class LastTime {
 public:
  // `text` must have kTimeLocalSize readable bytes.
  [[nodiscard]] bool is(const char* text) const {
    return ((word(text, 0) ^ word(text_.data(), 0)) | (word(text, 8) ^ word(text_.data(), 8)) |
            (word(text, 16) ^ word(text_.data(), 16)) |
            (word(text, 18) ^ word(text_.data(), 18))) == 0;
  }
  [[nodiscard]] WallTime value() const { return value_; }
  // `text` must be kTimeLocalSize long.
  void set(std::string_view text, WallTime value) {
    std::memcpy(text_.data(), text.data(), kTimeLocalSize);
    value_ = value;
  }

 private:
  static std::uint64_t word(const char* text, std::size_t offset) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text + offset, sizeof(bytes));
    return bytes;
  }

  std::array<char, kTimeLocalSize + 1> text_{"01/Jan/1970:00:00:00 +0000"};
  WallTime value_{};
};

}  // namespace wayside
