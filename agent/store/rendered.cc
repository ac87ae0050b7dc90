#include "agent/store/rendered.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <unordered_set>
#include <utility>

#include "agent/core/labels.h"
#include "agent/store/family_check.h"

namespace wayside {
namespace {

using Label = prometheus::ClientMetric::Label;
using Sample = RenderedFamily::Sample;

std::optional<Kind> kind_of(prometheus::MetricType type) {
  switch (type) {
    case prometheus::MetricType::Counter:
      return Kind::counter;
    case prometheus::MetricType::Gauge:
      return Kind::gauge;
    case prometheus::MetricType::Histogram:
      return Kind::histogram;
    case prometheus::MetricType::Untyped:
      return Kind::unknown;
    case prometheus::MetricType::Summary:
      break;
  }
  return std::nullopt;
}

// The base unit that a name ends in, before its _total: what collectors hand over has no other
// place for it.
std::string_view unit_of(std::string_view name) {
  constexpr std::array<std::string_view, 8> kUnits = {"_seconds", "_bytes",   "_ratio",  "_celsius",
                                                      "_volts",   "_amperes", "_joules", "_hertz"};
  constexpr std::string_view kTotal = "_total";
  if (name.ends_with(kTotal)) name.remove_suffix(kTotal.size());
  for (const std::string_view unit : kUnits) {
    if (name.size() > unit.size() && name.ends_with(unit)) return unit.substr(1);
  }
  return {};
}

// The labels that will show, by name; nothing where the names are such that no scrape could
// carry them.
std::optional<std::vector<Label>> sorted_labels(const std::vector<Label>& labels,
                                                std::string_view target, Kind kind) {
  std::vector<Label> sorted = labels;
  const auto is_target = [](const Label& label) { return label.name == "target"; };
  if (!target.empty() && std::none_of(sorted.begin(), sorted.end(), is_target)) {
    sorted.push_back({"target", std::string(target)});
  }
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const std::string& name = sorted[i].name;
    if (!is_label_name(name) || (kind == Kind::histogram && name == "le")) return std::nullopt;
    if (i > 0 && sorted[i - 1].name == name) return std::nullopt;
  }
  std::erase_if(sorted, [](const Label& label) { return label.value.empty(); });
  return sorted;
}

std::string label_text(const std::vector<Label>& labels) {
  std::vector<std::string> names;
  std::vector<std::string_view> values;
  for (const Label& label : labels) {
    names.push_back(label.name);
    values.push_back(label.value);
  }
  return render_labels(names, values);
}

// Cumulative buckets become counts of their own. False for what is no histogram.
bool read_histogram(const prometheus::ClientMetric::Histogram& from, Sample& to) {
  std::uint64_t below = 0;
  for (const auto& bucket : from.bucket) {
    const double bound = bucket.upper_bound;
    const bool ascends = to.bounds.empty() || bound > to.bounds.back();
    if (std::isnan(bound) || !ascends || bucket.cumulative_count < below) return false;
    if (std::isinf(bound) && bound > 0) break;
    to.bounds.push_back(bound);
    to.counts.push_back(bucket.cumulative_count - below);
    below = bucket.cumulative_count;
  }
  if (from.sample_count < below) return false;
  to.counts.push_back(from.sample_count - below);
  to.type = Value::Type::histogram;
  to.number = from.sample_sum;
  return true;
}

bool read_value(const prometheus::ClientMetric& metric, Kind kind, Sample& sample) {
  switch (kind) {
    case Kind::counter:
      sample.number = metric.counter.value;
      return true;
    case Kind::gauge:
      sample.number = metric.gauge.value;
      return true;
    case Kind::unknown:
      sample.number = metric.untyped.value;
      return true;
    case Kind::histogram:
      return read_histogram(metric.histogram, sample);
  }
  return false;
}

// Of samples with the same labels the first one stays.
void drop_repeated(RenderedFamily& family) {
  std::unordered_set<std::string_view> seen;
  std::vector<bool> repeated;
  repeated.reserve(family.samples.size());
  bool any = false;
  for (const Sample& sample : family.samples) {
    repeated.push_back(!seen.insert(sample.labels).second);
    any = any || repeated.back();
  }
  if (!any) return;
  std::vector<Sample> kept;
  for (std::size_t i = 0; i < family.samples.size(); ++i) {
    if (!repeated[i]) kept.push_back(std::move(family.samples[i]));
  }
  family.invalid += static_cast<std::uint32_t>(family.samples.size() - kept.size());
  family.samples = std::move(kept);
}

SampleView view_of(const Sample& sample) {
  SampleView view;
  view.labels = sample.labels;
  switch (sample.type) {
    case Value::Type::integer:
      view.value = Value::of(sample.integer);
      break;
    case Value::Type::number:
      view.value = Value::of(sample.number);
      break;
    case Value::Type::histogram:
      view.value = Value::of(HistogramView{sample.bounds, sample.counts, sample.number});
      break;
  }
  return view;
}

}  // namespace

Result<RenderedFamily> render_family(const prometheus::MetricFamily& family,
                                     std::string_view target) {
  RenderedFamily rendered;
  const auto kind = kind_of(family.type);
  if (!kind) return Error{family.name + ": summaries are not supported"};
  rendered.desc.name = family.name;
  rendered.desc.help = mend_utf8(family.help);
  rendered.desc.unit = unit_of(family.name);
  rendered.desc.kind = *kind;
  if (!is_family_name(family.name)) {
    rendered.invalid = static_cast<std::uint32_t>(family.metric.size());
    return rendered;
  }
  std::set<std::string> names;
  rendered.samples.reserve(family.metric.size());
  for (const auto& metric : family.metric) {
    const auto labels = sorted_labels(metric.label, target, *kind);
    Sample sample;
    if (!labels || !read_value(metric, *kind, sample)) {
      ++rendered.invalid;
      continue;
    }
    sample.labels = label_text(*labels);
    for (const Label& label : *labels) names.insert(label.name);
    rendered.samples.push_back(std::move(sample));
  }
  rendered.desc.labels.assign(names.begin(), names.end());
  drop_repeated(rendered);
  return rendered;
}

Result<std::vector<RenderedFamily>> render(const std::vector<prometheus::MetricFamily>& families,
                                           std::string_view target) {
  std::vector<RenderedFamily> all;
  all.reserve(families.size());
  for (const auto& family : families) {
    auto rendered = render_family(family, target);
    if (!rendered) return rendered.error();
    all.push_back(std::move(*rendered));
  }
  return all;
}

void yield_samples(const RenderedFamily& family, SampleSink& sink) {
  std::array<SampleView, 64> block;
  std::size_t count = 0;
  for (const Sample& sample : family.samples) {
    block[count++] = view_of(sample);
    if (count < block.size()) continue;
    sink.samples(block);
    count = 0;
  }
  if (count > 0) sink.samples({block.data(), count});
}

}  // namespace wayside
