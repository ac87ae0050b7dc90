#pragma once

#include <cstddef>
#include <cstdint>

namespace wayside {

// Numbers as an exposition writes them: the same in every locale, and nothing allocated. Each
// function writes at `out`, where kMaxNumberText bytes are free, and returns the end.
inline constexpr std::size_t kMaxNumberText = 32;

// All digits.
char* write_integer(char* out, std::uint64_t value);

// The shortest text that reads back as the same double; NaN, +Inf, -Inf.
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-format-details
char* write_number(char* out, double value);

// A bucket's bound as Prometheus writes one it got as protobuf, so that `le` is the same in every
// format: Go's strconv.FormatFloat(value, 'g', -1, 64), with ".0" where that looks like an
// integer: "0.005", "1.0", "1e+06", "+Inf".
char* write_bound(char* out, double value);

}  // namespace wayside
