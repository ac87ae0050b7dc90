#pragma once

#include <prometheus/metric_family.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/labels.h"
#include "agent/store/exposition.h"
#include "exporters/prometheus/format/page_encoder.h"

namespace wayside {

// Cuts bytes into texts and names, for as long as there are any.
class Cutter {
 public:
  explicit Cutter(std::string_view bytes) : rest_(bytes) {}

  [[nodiscard]] bool more() const { return !rest_.empty(); }
  unsigned number() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }

  // Any bytes, now and then very many.
  std::string text() {
    const unsigned size = number();
    std::string text(rest_.substr(0, size % 32));
    rest_.remove_prefix(text.size());
    if (size < 250) return text;
    std::string longer;
    for (unsigned i = 0; i < 100; ++i) longer += text;
    return longer;
  }

  // Mostly of pieces that make names clash, sometimes any text.
  std::string name() {
    constexpr std::array<std::string_view, 16> kPieces = {
        "a",    "b",      "_total",  "_created", "_count", "_sum", "_bucket", "_info",
        "good", "target", "seconds", ":",        "le",     "\xC3", "_",       "7"};
    const unsigned pieces = number() % 5;
    if (pieces == 0) return text();
    std::string name;
    for (unsigned i = 0; i < pieces; ++i) name += kPieces[number() % kPieces.size()];
    return name;
  }

 private:
  std::string_view rest_;
};

// Families made of any bytes, of both ways in, beside `good_total{a="b"} 7` of the store and
// `good_polled{a="b"} 7` of a poll.
class AnyBytes {
 public:
  explicit AnyBytes(std::string_view bytes) {
    add_good();
    Cutter cutter(bytes);
    const std::string constant = cutter.text();
    const std::string target = cutter.text();
    if (!constant.empty()) append_label(constant_labels_, "a", constant);
    while (cutter.more()) cutter.number() % 2 == 0 ? store(cutter) : poll(cutter);
    publish(polled_, target);
    static_cast<void>(page(MetricsFormat::text));  // what was left out stands on the next page
  }

  [[nodiscard]] std::string page(MetricsFormat format) const {
    std::string page;
    encode_page(exposition_, selection_for(format), format, constant_labels_,
                [&page](std::string_view piece) {
                  page += piece;
                  return true;
                });
    return page;
  }

  [[nodiscard]] std::size_t declared() const { return declared_; }

 private:
  void add_good() {
    FamilyDesc good;
    good.name = "good_total";
    good.kind = Kind::counter;
    good.labels = {"a"};
    const std::array<std::string_view, 1> b = {"b"};
    Shard::add(shard_.series(store_.declare(good).value(), b), 7);
    prometheus::MetricFamily polled;
    polled.name = "good_polled";
    polled.type = prometheus::MetricType::Gauge;
    polled.metric.emplace_back().label = {{"a", "b"}};
    polled.metric.back().gauge.value = 7;
    publish({polled}, {});
  }

  void publish(const std::vector<prometheus::MetricFamily>& families, std::string_view target) {
    const auto snapshot = std::make_shared<Snapshot>();
    snapshot->publish(render(families, target).value());
    exposition_.add(snapshot);
  }

  void store(Cutter& cutter) {
    FamilyDesc desc;
    desc.name = cutter.name();
    desc.help = cutter.text();
    desc.unit = cutter.name();
    if (desc.name == "good_total" || desc.name == "good_polled") return;
    desc.kind = Kind(cutter.number() % 4);
    if (desc.kind == Kind::histogram) desc.bounds = {0.1, 1};
    for (unsigned labels = cutter.number() % 4; labels > 0; --labels) {
      desc.labels.push_back(cutter.name());
    }
    desc.native = desc.kind == Kind::histogram && cutter.number() % 2 == 0;
    desc.max_series = cutter.number() % 8;
    const auto family = store_.declare(desc);
    if (!family) return;
    ++declared_;
    for (unsigned series = cutter.number() % 8; series > 0; --series) {
      std::vector<std::string> texts;
      for (std::size_t i = 0; i < desc.labels.size(); ++i) texts.push_back(cutter.text());
      touch(*family, desc.kind, {texts.begin(), texts.end()});
    }
  }

  void touch(FamilyId family, Kind kind, const std::vector<std::string_view>& values) {
    const SeriesRef series = shard_.series(family, values);
    if (kind == Kind::histogram) {
      shard_.histogram(family).observe(series, Micros{500'000});
    } else if (kind == Kind::counter) {
      Shard::add(series);
    } else {
      Shard::set(series, 1);
    }
  }

  void poll(Cutter& cutter) {
    using prometheus::MetricType;
    constexpr std::array kTypes = {MetricType::Counter, MetricType::Gauge, MetricType::Untyped,
                                   MetricType::Histogram};
    prometheus::MetricFamily family;
    family.name = cutter.name();
    family.help = cutter.text();
    if (family.name == "good_total" || family.name == "good_polled") return;
    family.type = kTypes[cutter.number() % kTypes.size()];
    for (unsigned samples = cutter.number() % 8; samples > 0; --samples) {
      auto& metric = family.metric.emplace_back();
      for (unsigned labels = cutter.number() % 4; labels > 0; --labels) {
        std::string name = cutter.name();
        metric.label.push_back({std::move(name), cutter.text()});
      }
      metric.histogram.sample_count = 3;
      metric.histogram.bucket = {{.cumulative_count = 2, .upper_bound = 1}};
    }
    polled_.push_back(std::move(family));
  }

  ManualClock clock_;
  Store store_{clock_};
  Shard shard_ = store_.shard().value();
  Exposition exposition_{store_};
  std::vector<prometheus::MetricFamily> polled_;
  std::string constant_labels_;
  std::size_t declared_ = 0;
};

}  // namespace wayside
