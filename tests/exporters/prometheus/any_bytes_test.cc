// Whatever bytes come in, others read the page, and every other series is on it.
#include "tests/exporters/prometheus/any_bytes.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/exporters/prometheus/page_faults.h"
#include "tests/exporters/prometheus/protobuf_page.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

// Random bytes, of which many are those that formats treat in a way of their own.
std::string random_bytes(std::size_t size, unsigned seed) {
  constexpr std::string_view kSpecial("\0\n\r\t\"\\{},=# \xFF\xC3\x80\xED\xA0\xE2\x80\xA8\x7F", 21);
  std::mt19937 random(seed);
  std::string bytes;
  while (bytes.size() < size) {
    bytes += random() % 3 == 0 ? kSpecial[random() % kSpecial.size()] : static_cast<char>(random());
  }
  return bytes;
}

// Thousands of families and series, made once.
const AnyBytes& many() {
  static const AnyBytes many(random_bytes(800'000, 1));
  return many;
}

bool is_good(const io::prometheus::client::Metric& metric) {
  const bool is_seven = metric.counter().value() == 7 || metric.gauge().value() == 7;
  return is_seven && metric.label_size() == 1 && metric.label(0).name() == "a" &&
         metric.label(0).value() == "b";
}

TEST(AnyBytes, TheStrictReaderTakesThePage) {
  EXPECT_GT(many().declared(), 500U);
  const std::string page = many().page(MetricsFormat::text);
  EXPECT_EQ(text_fault(page), "");
  EXPECT_GT(support::parse_page(page).samples.size(), 5'000U);
}

TEST(AnyBytes, SmallPagesHaveNoFaultInAnyFormat) {
  for (unsigned seed = 2; seed < 1'500; ++seed) {
    const AnyBytes some(random_bytes(seed % 600, seed));
    ASSERT_EQ(text_fault(some.page(MetricsFormat::text)), "") << seed;
    ASSERT_EQ(openmetrics_fault(some.page(MetricsFormat::openmetrics)), "") << seed;
    ASSERT_EQ(protobuf_fault(some.page(MetricsFormat::protobuf)), "") << seed;
  }
}

// Its code tells apart a page it cannot read (1) from one whose names it does not like (3).
TEST(AnyBytes, PromtoolReadsThePage) {
  const support::TempDir dir;
  const auto page = dir.file("page.txt", many().page(MetricsFormat::text));
  const auto checked = support::run({"promtool", "check", "metrics"}, page);
  EXPECT_TRUE(checked.code == 0 || checked.code == 3) << checked.code << checked.errors;
  EXPECT_EQ(checked.errors.find("error while linting"), std::string::npos) << checked.errors;
}

TEST(AnyBytes, TheReferenceParserOfOpenMetricsReadsThePage) {
  const std::string text = many().page(MetricsFormat::openmetrics);
  EXPECT_EQ(openmetrics_fault(text), "");
  const support::TempDir dir;
  const auto page = dir.file("page.txt", text);
  // Bytes are decoded strictly, and no end of a line is made of a carriage return.
  const auto script = dir.file("parse.py",
                               "import sys\n"
                               "from prometheus_client.openmetrics import parser\n"
                               "families = parser.text_string_to_metric_families\n"
                               "for family in families(sys.stdin.buffer.read().decode()):\n"
                               "  for sample in family.samples:\n"
                               "    if sample.name in ('good_total', 'good_polled'):\n"
                               "      print(sample.name, sample.labels, sample.value)\n");
  const auto parsed = support::run({"/usr/bin/python3", script.string()}, page);
  EXPECT_EQ(parsed.code, 0) << parsed.errors;
  EXPECT_EQ(parsed.output, "good_polled {'a': 'b'} 7\ngood_total {'a': 'b'} 7\n");
}

TEST(AnyBytes, GooglesParserOfProtobufReadsThePage) {
  const std::string page = many().page(MetricsFormat::protobuf);
  EXPECT_EQ(protobuf_fault(page), "");
  const auto families = read_protobuf_page(page);
  ASSERT_TRUE(families);
  int good = 0;
  for (const auto& family : *families) {
    EXPECT_TRUE(is_utf8(family.name()) && is_utf8(family.help()) && is_utf8(family.unit()));
    // Prometheus fails on a unit that does not end the name.
    EXPECT_TRUE(family.unit().empty() ||
                family.name().find('_' + family.unit()) != std::string::npos);
    for (const auto& metric : family.metric()) {
      for (const auto& label : metric.label()) {
        EXPECT_TRUE(is_label_name(label.name()) && is_utf8(label.value()));
      }
      good += family.name().starts_with("good_") && is_good(metric) ? 1 : 0;
    }
  }
  EXPECT_EQ(good, 2);
}

}  // namespace
}  // namespace wayside
