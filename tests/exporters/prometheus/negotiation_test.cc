#include "exporters/prometheus/http/negotiation.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

constexpr auto kText = MetricsFormat::text;
constexpr auto kOpen = MetricsFormat::openmetrics;
constexpr auto kProtobuf = MetricsFormat::protobuf;

TEST(Negotiation, GivesWhatIsPreferredAndText004WhereNothingIs) {
  struct Row {
    std::string_view accept;
    MetricsFormat format;
  };
  const std::vector<Row> rows = {
      {"", kText},
      {"*/*", kText},
      {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", kText},
      // Prometheus 2.42, without and with native histograms.
      {"application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;"
       "q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
       kOpen},
      {"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding="
       "delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;"
       "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
       kProtobuf},
      {"application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;encoding=text",
       kText},
      {"application/vnd.google.protobuf; proto=another.Message; encoding=delimited", kText},
      {"application/vnd.google.protobuf", kText},
      {"application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding="
       "delimited;q=0.5,application/openmetrics-text;q=0.6",
       kOpen},
      {"text/plain,application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
       "encoding=delimited",
       kProtobuf},
      {"application/openmetrics-text", kOpen},
      {"Application/OpenMetrics-Text; Version=1.0.0; charset=utf-8", kOpen},
      {"application/openmetrics-text; version=2.0.0", kText},
      {"application/openmetrics-text;q=0.3, text/plain;q=0.4", kText},
      {"application/openmetrics-text;q=0.4, text/plain;q=0.4", kOpen},
      {"application/openmetrics-text;q=0, text/plain;q=0", kText},
      {"application/openmetrics-text;q=0", kText},
      {"application/json", kText},
      // What cannot be read asks for nothing.
      {"application/openmetrics-text;q=2", kText},
      {"application/openmetrics-text;q=-1", kText},
      {"application/openmetrics-text;q=0.0001", kText},
      {"application/openmetrics-text;q=x", kText},
      {";;,,;q=1,=", kText},
      {"application/openmetrics-text;;;q=1;", kOpen},
  };
  for (const Row& row : rows) EXPECT_EQ(choose_format(row.accept), row.format) << row.accept;
}

TEST(Negotiation, TakesGzipWhereItIsNamedOrAnythingGoes) {
  for (const std::string_view yes :
       {"gzip", "GZIP", "br, gzip;q=0.1", "*", "deflate, *;q=0.5", "x-gzip", "gzip; q=1.000"}) {
    EXPECT_TRUE(takes_gzip(yes)) << yes;
  }
  for (const std::string_view no :
       {"", "identity", "br", "gzip;q=0", "gzip;q=0, *", "*;q=0", "gzip;q=5", "gzipped", ",;="}) {
    EXPECT_FALSE(takes_gzip(no)) << no;
  }
}

}  // namespace
}  // namespace wayside
