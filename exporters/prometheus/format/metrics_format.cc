#include "exporters/prometheus/format/metrics_format.h"

namespace wayside {

std::string_view content_type(MetricsFormat format) {
  switch (format) {
    case MetricsFormat::openmetrics:
      return "application/openmetrics-text; version=1.0.0; charset=utf-8";
    case MetricsFormat::protobuf:
      return "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; "
             "encoding=delimited";
    case MetricsFormat::text:
      break;
  }
  return "text/plain; version=0.0.4; charset=utf-8";
}

}  // namespace wayside
