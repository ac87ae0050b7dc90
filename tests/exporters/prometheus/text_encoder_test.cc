#include "exporters/prometheus/format/text_encoder.h"

#include <gtest/gtest.h>

#include <limits>
#include <locale>
#include <string>
#include <vector>

namespace wayside {
namespace {

FamilyDesc family(std::string name, Kind kind = Kind::counter) {
  FamilyDesc desc;
  desc.name = std::move(name);
  desc.help = "Help.";
  desc.kind = kind;
  return desc;
}

template <typename T>
SampleView sample(std::string_view labels, T value) {
  SampleView made;
  made.labels = labels;
  made.value = Value::of(value);
  return made;
}

// What `write` makes of an encoder.
template <typename Write>
std::string page_of(Write write, std::string_view constants = {}) {
  std::string page;
  TextEncoder encoder(MetricsFormat::text, constants, [&](std::string_view piece) {
    page += piece;
    return true;
  });
  write(encoder);
  encoder.finish();
  return page;
}

template <typename T>
std::string one_sample(T value) {
  return page_of([&](TextEncoder& to) {
    to.family(family("f", Kind::gauge));
    const SampleView view = sample({}, value);
    to.samples({&view, 1});
  });
}

TEST(TextEncoder, AFamilyIsHelpTypeAndItsSamples) {
  const auto page = page_of([](TextEncoder& to) {
    to.family(family("c_total"));
    const SampleView views[] = {sample("a=\"1\"", std::uint64_t{7}), sample({}, std::uint64_t{8})};
    to.samples(views);
    to.family(family("g", Kind::gauge));
    const SampleView more[] = {sample("a=\"1\"", 0.5)};
    to.samples(more);
  });
  EXPECT_EQ(page,
            "# HELP c_total Help.\n# TYPE c_total counter\nc_total{a=\"1\"} 7\nc_total 8\n"
            "# HELP g Help.\n# TYPE g gauge\ng{a=\"1\"} 0.5\n");
}

TEST(TextEncoder, AFamilyWithoutSamplesLeavesNoTrace) {
  EXPECT_EQ(page_of([](TextEncoder& to) {
              to.family(family("c_total"));
              to.family(family("d_total"));
              to.samples({});
            }),
            "");
}

TEST(TextEncoder, TheHeaderStandsOnceForManyBlocks) {
  const auto page = page_of([](TextEncoder& to) {
    to.family(family("f", Kind::unknown));
    const SampleView view = sample("a=\"1\"", 1.0);
    const SampleView other = sample("a=\"2\"", 2.0);
    to.samples({&view, 1});
    to.samples({&other, 1});
  });
  EXPECT_EQ(page, "# HELP f Help.\n# TYPE f untyped\nf{a=\"1\"} 1\nf{a=\"2\"} 2\n");
}

TEST(TextEncoder, HelpIsEscapedAndMended) {
  const auto page = page_of([](TextEncoder& to) {
    auto desc = family("f");
    desc.help = "a\\b \"c\"\nf 1\n\xFF";
    to.family(desc);
    const SampleView view = sample({}, std::uint64_t{1});
    to.samples({&view, 1});
  });
  EXPECT_EQ(page, "# HELP f a\\\\b \"c\"\\nf 1\\n\xEF\xBF\xBD\n# TYPE f counter\nf 1\n");
}

TEST(TextEncoder, NumbersAreExact) {
  const std::string header = "# HELP f Help.\n# TYPE f gauge\n";
  EXPECT_EQ(one_sample(UINT64_MAX), header + "f 18446744073709551615\n");
  EXPECT_EQ(one_sample(0.1), header + "f 0.1\n");
  EXPECT_EQ(one_sample(std::numeric_limits<double>::quiet_NaN()), header + "f NaN\n");
  EXPECT_EQ(one_sample(std::numeric_limits<double>::infinity()), header + "f +Inf\n");
  EXPECT_EQ(one_sample(-std::numeric_limits<double>::infinity()), header + "f -Inf\n");
}

const std::vector<double> kBounds = {0.005, 1, 1e6};
const std::vector<std::uint64_t> kCounts = {2, 0, 3, 4};

void write_histogram(TextEncoder& to, std::string_view labels) {
  to.family(family("h", Kind::histogram));
  const SampleView view = sample(labels, HistogramView{kBounds, kCounts, 12.5});
  to.samples({&view, 1});
}

TEST(TextEncoder, AHistogramIsCumulativeAndItsLastBucketIsItsCount) {
  EXPECT_EQ(page_of([](TextEncoder& to) { write_histogram(to, "a=\"1\""); }),
            "# HELP h Help.\n# TYPE h histogram\n"
            "h_bucket{a=\"1\",le=\"0.005\"} 2\n"
            "h_bucket{a=\"1\",le=\"1.0\"} 2\n"
            "h_bucket{a=\"1\",le=\"1e+06\"} 5\n"
            "h_bucket{a=\"1\",le=\"+Inf\"} 9\n"
            "h_sum{a=\"1\"} 12.5\n"
            "h_count{a=\"1\"} 9\n");
}

TEST(TextEncoder, AHistogramWithoutLabelsHasOnlyLe) {
  const auto page = page_of([](TextEncoder& to) { write_histogram(to, {}); });
  EXPECT_NE(page.find("\nh_bucket{le=\"0.005\"} 2\n"), std::string::npos);
  EXPECT_NE(page.find("\nh_sum 12.5\nh_count 9\n"), std::string::npos);
}

TEST(TextEncoder, EachHistogramHasItsOwnBounds) {
  const auto page = page_of([](TextEncoder& to) {
    to.family(family("h", Kind::histogram));
    const std::vector<double> other = {2};
    const std::vector<std::uint64_t> counts = {1, 1};
    const SampleView views[] = {sample("a=\"1\"", HistogramView{kBounds, kCounts, 1}),
                                sample("a=\"2\"", HistogramView{other, counts, 1}),
                                sample("a=\"3\"", HistogramView{{}, {kCounts.data(), 1}, 1})};
    to.samples(views);
  });
  EXPECT_NE(page.find("h_bucket{a=\"2\",le=\"2.0\"} 1\nh_bucket{a=\"2\",le=\"+Inf\"} 2\n"),
            std::string::npos);
  EXPECT_NE(page.find("h_bucket{a=\"3\",le=\"+Inf\"} 2\nh_sum{a=\"3\"} 1\nh_count{a=\"3\"} 2\n"),
            std::string::npos);
}

TEST(TextEncoder, ConstantLabelsFollowTheSamplesOwn) {
  const auto single = [](std::string_view labels) {
    return [labels](TextEncoder& to) {
      to.family(family("f"));
      const SampleView view = sample(labels, std::uint64_t{1});
      to.samples({&view, 1});
    };
  };
  const std::string header = "# HELP f Help.\n# TYPE f counter\n";
  const std::string constants = R"(env="prod",zone="a,b\"")";
  EXPECT_EQ(page_of(single("a=\"1\""), constants),
            header + R"(f{a="1",env="prod",zone="a,b\""} 1)" + "\n");
  EXPECT_EQ(page_of(single({}), constants), header + R"(f{env="prod",zone="a,b\""} 1)" + "\n");
  const auto histogram = page_of([](TextEncoder& to) { write_histogram(to, {}); }, "env=\"x\"");
  EXPECT_NE(histogram.find("h_bucket{env=\"x\",le=\"+Inf\"} 9\nh_sum{env=\"x\"} 12.5\n"),
            std::string::npos);
}

TEST(TextEncoder, AConstantLabelYieldsToTheFamilysOwn) {
  const auto page = page_of(
      [](TextEncoder& to) {
        auto desc = family("f");
        desc.labels = {"env"};
        to.family(desc);
        const SampleView view = sample("env=\"own\"", std::uint64_t{1});
        to.samples({&view, 1});
        to.family(family("g"));
        to.samples({&view, 1});
      },
      "env=\"prod\",le=\"1\"");
  EXPECT_NE(page.find("f{env=\"own\",le=\"1\"} 1\n"), std::string::npos);
  EXPECT_NE(page.find("g{env=\"own\",env=\"prod\",le=\"1\"} 1\n"), std::string::npos);
  const auto histogram = page_of([](TextEncoder& to) { write_histogram(to, {}); }, "le=\"1\"");
  EXPECT_EQ(histogram.find("le=\"1\""), std::string::npos);
}

// Thousands of samples as one page, for what concerns pieces.
void write_many(TextEncoder& to, std::size_t count) {
  to.family(family("many"));
  for (std::size_t i = 0; i < count; ++i) {
    const std::string labels = "n=\"" + std::to_string(i) + "\"";
    const SampleView view = sample(labels, std::uint64_t{i});
    to.samples({&view, 1});
  }
}

TEST(TextEncoder, ThePageLeavesInPiecesOfBoundedSize) {
  std::string expected = "# HELP many Help.\n# TYPE many counter\n";
  for (int i = 0; i < 20'000; ++i) {
    const std::string n = std::to_string(i);
    expected += "many{n=\"" + n + "\"} " + n + "\n";
  }
  std::string page;
  std::size_t largest = 0;
  TextEncoder encoder(MetricsFormat::text, {}, [&](std::string_view piece) {
    page += piece;
    largest = std::max(largest, piece.size());
    return true;
  });
  write_many(encoder, 20'000);
  encoder.finish();
  EXPECT_EQ(page, expected);
  EXPECT_LE(largest, 64U * 1024);
  EXPECT_FALSE(encoder.gone());
}

TEST(TextEncoder, ALineLongerThanAPieceIsWhole) {
  const std::string labels = "a=\"" + std::string(200'000, 'x') + "\"";
  const auto page = page_of([&](TextEncoder& to) { write_histogram(to, labels); });
  EXPECT_NE(page.find("h_bucket{" + labels + ",le=\"+Inf\"} 9\n"), std::string::npos);
  EXPECT_TRUE(page.ends_with("h_count{" + labels + "} 9\n"));
}

TEST(TextEncoder, WhenTheClientIsGoneNoMoreComes) {
  int pieces = 0;
  TextEncoder encoder(MetricsFormat::text, {}, [&](std::string_view) {
    ++pieces;
    return false;
  });
  write_many(encoder, 50'000);
  encoder.finish();
  EXPECT_EQ(pieces, 1);
  EXPECT_TRUE(encoder.gone());
}

struct GermanNumbers final : std::numpunct<char> {
  [[nodiscard]] char do_decimal_point() const override { return ','; }
  [[nodiscard]] char do_thousands_sep() const override { return '.'; }
  [[nodiscard]] std::string do_grouping() const override { return "\3"; }
};

TEST(TextEncoder, TheLocaleChangesNothing) {
  const std::locale before = std::locale::global(std::locale(std::locale(), new GermanNumbers));
  const bool c_locale = std::setlocale(LC_NUMERIC, "de_DE.UTF-8") != nullptr;
  const auto number = one_sample(1234567.5);
  const auto histogram = page_of([](TextEncoder& to) { write_histogram(to, {}); });
  std::locale::global(before);
  std::setlocale(LC_NUMERIC, "C");
  EXPECT_TRUE(number.ends_with("f 1234567.5\n")) << "C locale set too: " << c_locale;
  EXPECT_NE(histogram.find("le=\"0.005\"} 2\n"), std::string::npos);
  EXPECT_NE(histogram.find("h_sum 12.5\n"), std::string::npos);
}

}  // namespace
}  // namespace wayside
