#include <gtest/gtest.h>

#include <string>

#include "exporters/prometheus/format/text_encoder.h"

namespace wayside {
namespace {

// A page of families with one sample of value 1 each, or one bucket.
class Page {
 public:
  void add(std::string name, Kind kind, std::string unit = {}, std::string help = "Help.") {
    FamilyDesc desc;
    desc.name = std::move(name);
    desc.help = std::move(help);
    desc.unit = std::move(unit);
    desc.kind = kind;
    encoder_.family(desc);
    static constexpr double kBounds[] = {0.1};
    static constexpr std::uint64_t kCounts[] = {1, 0};
    SampleView sample;
    sample.value = kind == Kind::histogram
                       ? Value::of(HistogramView{.bounds = kBounds, .counts = kCounts, .sum = 0.1})
                       : Value::of(std::uint64_t{1});
    encoder_.samples({&sample, 1});
  }
  std::string text() {
    encoder_.finish();
    return page_;
  }

 private:
  std::string page_;
  TextEncoder encoder_{MetricsFormat::openmetrics, {}, [this](std::string_view piece) {
                         page_ += piece;
                         return true;
                       }};
};

TEST(OpenMetrics, AnEmptyPageEndsToo) {
  EXPECT_EQ(Page().text(), "# EOF\n");
}

TEST(OpenMetrics, ACountersFamilyIsCalledWithoutTotal) {
  Page page;
  page.add("lines_total", Kind::counter);
  EXPECT_EQ(page.text(), "# HELP lines Help.\n# TYPE lines counter\nlines_total 1\n# EOF\n");
}

TEST(OpenMetrics, ACounterOfAnotherNameIsUnknownAndKeepsIt) {
  Page page;
  page.add("node_forks", Kind::counter);
  page.add("_total", Kind::counter);
  EXPECT_EQ(page.text(),
            "# HELP node_forks Help.\n# TYPE node_forks unknown\nnode_forks 1\n"
            "# HELP _total Help.\n# TYPE _total unknown\n_total 1\n# EOF\n");
}

TEST(OpenMetrics, ACounterDoesNotTakeTheNameOfAnotherFamily) {
  Page page;
  page.add("files", Kind::gauge);
  page.add("files_total", Kind::counter);
  EXPECT_EQ(page.text(),
            "# HELP files Help.\n# TYPE files gauge\nfiles 1\n"
            "# HELP files_total Help.\n# TYPE files_total unknown\nfiles_total 1\n# EOF\n");
}

// The reference parser refuses a page on which two families may have samples of one name.
TEST(OpenMetrics, ACounterDoesNotTakeANameThatSamplesOfAnotherMayHave) {
  Page page;
  page.add("a_created", Kind::gauge);
  page.add("a_total", Kind::counter);
  page.add("b_total", Kind::counter);
  page.add("b_total_total", Kind::counter);
  page.add("c", Kind::histogram);
  page.add("c_count_total", Kind::counter);
  const std::string text = page.text();
  for (const char* type : {"a_total unknown", "b counter", "b_total_total unknown", "c histogram",
                           "c_count_total unknown"}) {
    EXPECT_NE(text.find(std::string("# TYPE ") + type + "\n"), std::string::npos) << type;
  }
}

TEST(OpenMetrics, TheUnitIsToldWhereItEndsTheName) {
  Page page;
  page.add("cpu_seconds_total", Kind::counter, "seconds");
  page.add("lag_milliseconds", Kind::gauge, "seconds");
  page.add("seconds", Kind::gauge, "seconds");
  page.add("took_seconds", Kind::histogram, "seconds");
  EXPECT_EQ(page.text(),
            "# HELP cpu_seconds Help.\n# TYPE cpu_seconds counter\n# UNIT cpu_seconds seconds\n"
            "cpu_seconds_total 1\n"
            "# HELP lag_milliseconds Help.\n# TYPE lag_milliseconds gauge\nlag_milliseconds 1\n"
            "# HELP seconds Help.\n# TYPE seconds gauge\nseconds 1\n"
            "# HELP took_seconds Help.\n# TYPE took_seconds histogram\n"
            "# UNIT took_seconds seconds\n"
            "took_seconds_bucket{le=\"0.1\"} 1\ntook_seconds_bucket{le=\"+Inf\"} 1\n"
            "took_seconds_sum 0.1\ntook_seconds_count 1\n# EOF\n");
}

TEST(OpenMetrics, HelpEscapesQuotesAndUntypedIsUnknown) {
  Page page;
  page.add("thing", Kind::unknown, {}, "a \"b\" \\ \n");
  EXPECT_EQ(page.text(),
            "# HELP thing a \\\"b\\\" \\\\ \\n\n# TYPE thing unknown\nthing 1\n# EOF\n");
}

// A histogram with an exemplar in its second bucket of three.
std::string exemplified(MetricsFormat format, WallTime at) {
  static constexpr double kBounds[] = {0.1, 1};
  static constexpr std::uint64_t kCounts[] = {2, 1, 0};
  const ExemplarView exemplar{
      .bucket = 1, .value = 0.25, .at = at, .labels = "trace_id=\"0af7\",request_id=\"r1\""};
  HistogramView histogram{.bounds = kBounds, .counts = kCounts, .sum = 0.35};
  histogram.exemplars = {&exemplar, 1};
  const SampleView sample{.labels = "a=\"b\"", .value = Value::of(histogram)};
  std::string page;
  TextEncoder encoder(format, {}, [&page](std::string_view piece) {
    page += piece;
    return true;
  });
  FamilyDesc desc;
  desc.name = "s";
  desc.kind = Kind::histogram;
  encoder.family(desc);
  encoder.samples({&sample, 1});
  encoder.finish();
  return page;
}

TEST(OpenMetrics, ABucketNamesARequestThatFellIntoIt) {
  EXPECT_EQ(exemplified(MetricsFormat::openmetrics, WallTime{Micros{1'700'000'000'500'000}}),
            "# HELP s \n# TYPE s histogram\n"
            "s_bucket{a=\"b\",le=\"0.1\"} 2\n"
            "s_bucket{a=\"b\",le=\"1.0\"} 3 # {trace_id=\"0af7\",request_id=\"r1\"} 0.25 "
            "1700000000.5\n"
            "s_bucket{a=\"b\",le=\"+Inf\"} 3\ns_sum{a=\"b\"} 0.35\ns_count{a=\"b\"} 3\n# EOF\n");
}

TEST(OpenMetrics, AnExemplarWithoutATimeHasNone) {
  EXPECT_NE(exemplified(MetricsFormat::openmetrics, kNoTime).find("r1\"} 0.25\n"),
            std::string::npos);
}

TEST(OpenMetrics, Text004HasNoExemplars) {
  EXPECT_EQ(exemplified(MetricsFormat::text, WallTime{}).find(" # {"), std::string::npos);
}

}  // namespace
}  // namespace wayside
