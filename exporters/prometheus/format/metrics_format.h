#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// How a page of metrics is written.
enum class MetricsFormat : std::uint8_t {
  text,         // text 0.0.4
  openmetrics,  // OpenMetrics 1.0.0 text
  protobuf      // delimited io.prometheus.client.MetricFamily
};
inline constexpr std::size_t kMetricsFormats = 3;

// The Content-Type of a format.
std::string_view content_type(MetricsFormat format);

}  // namespace wayside
