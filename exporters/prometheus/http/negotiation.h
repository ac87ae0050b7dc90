#pragma once

#include <string_view>

#include "exporters/prometheus/format/metrics_format.h"

namespace wayside {

// What an Accept header asks for: of the formats there are the one with the highest quality, and
// of equal ones protobuf before OpenMetrics before text. Whatever cannot be read, and whatever asks
// for nothing there is, gets text 0.0.4, which people and all scrapers read. RFC 9110, 12.5.1.
MetricsFormat choose_format(std::string_view accept);

// Whether an Accept-Encoding header takes gzip. RFC 9110, 12.5.3.
bool takes_gzip(std::string_view accept_encoding);

}  // namespace wayside
