#include "exporters/prometheus/format/text_encoder.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#include "agent/core/labels.h"
#include "exporters/prometheus/format/number_text.h"
#include "exporters/prometheus/format/unit.h"

namespace wayside {
namespace {

constexpr std::size_t kPiece = 65'536;

std::string_view type_of(Kind kind, MetricsFormat format) {
  switch (kind) {
    case Kind::counter:
      return "counter";
    case Kind::gauge:
      return "gauge";
    case Kind::histogram:
      return "histogram";
    case Kind::unknown:
      break;
  }
  return format == MetricsFormat::openmetrics ? "unknown" : "untyped";
}

std::string escape_help(std::string_view help, MetricsFormat format) {
  std::string escaped;
  for (const char c : mend_utf8(help)) {
    if (c == '\n') {
      escaped += "\\n";
    } else {
      if (c == '\\' || (c == '"' && format == MetricsFormat::openmetrics)) escaped += '\\';
      escaped += c;
    }
  }
  return escaped;
}

std::string header(std::string_view name, std::string_view type, const std::string& help) {
  std::string text = "# HELP ";
  text.append(name).append(" ").append(help).append("\n# TYPE ");
  return text.append(name).append(" ").append(type).append("\n");
}

char* copy(char* out, std::string_view text) {
  if (text.empty()) return out;
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

TextEncoder::TextEncoder(MetricsFormat format, std::string_view constant_labels, PieceSink sink)
    : format_(format),
      constants_(constant_labels),
      sink_(std::move(sink)),
      page_(std::make_unique_for_overwrite<char[]>(kPiece)),
      capacity_(kPiece) {}

void TextEncoder::family(const FamilyDesc& desc) {
  name_ = desc.name;
  header_ = format_ == MetricsFormat::openmetrics
                ? openmetrics_header(desc)
                : header(name_, type_of(desc.kind, format_), escape_help(desc.help, format_));
  constant_ = constants_.of(desc);
}

std::string TextEncoder::openmetrics_header(const FamilyDesc& desc) {
  std::string_view name = desc.name;
  std::string_view type = type_of(desc.kind, format_);
  if (desc.kind == Kind::counter) {
    const std::string_view without = without_total(name);
    if (without.size() < name.size() && is_free(without)) {
      name = without;
      take(name, {"_total", "_created"});
    } else {
      type = type_of(Kind::unknown, format_);
    }
  } else if (desc.kind == Kind::histogram) {
    take(name, {"_bucket", "_count", "_sum", "_created"});
  }
  take(name, {""});
  std::string text = header(name, type, escape_help(desc.help, format_));
  if (has_unit(name, desc.unit)) text += "# UNIT " + std::string(name) + " " + desc.unit + "\n";
  return text;
}

// Whether a counter's family can be called so: the other name it has is the counter's own.
bool TextEncoder::is_free(std::string_view counter) const {
  return !taken_.contains(counter) && !taken_.contains(std::string(counter) + "_created");
}

void TextEncoder::take(std::string_view name, std::initializer_list<std::string_view> suffixes) {
  for (const std::string_view suffix : suffixes) taken_.insert(std::string(name).append(suffix));
}

void TextEncoder::samples(std::span<const SampleView> samples) {
  if (gone_ || samples.empty()) return;
  if (!header_.empty()) write_header();
  for (const SampleView& sample : samples) {
    if (sample.value.type == Value::Type::histogram) {
      write_histogram(sample);
    } else {
      write_single(sample);
    }
    if (gone_) return;
  }
}

void TextEncoder::finish() {
  if (format_ == MetricsFormat::openmetrics && !gone_) append("# EOF\n");
  flush();
}

void TextEncoder::write_header() {
  append(header_);
  header_.clear();
}

// `name{labels,constant} value`
void TextEncoder::write_single(const SampleView& sample) {
  write_line_start({}, sample.labels);
  char* out = room(kMaxNumberText + 1);
  out = sample.value.type == Value::Type::integer ? write_integer(out, sample.value.integer)
                                                  : write_number(out, sample.value.number);
  *out++ = '\n';
  end_at(out);
}

void TextEncoder::write_histogram(const SampleView& sample) {
  const HistogramView& histogram = sample.value.histogram;
  set_bounds(histogram.bounds);
  bucket_start_.assign(name_).append("_bucket{").append(sample.labels);
  if (!sample.labels.empty()) bucket_start_ += ',';
  bucket_start_ += constant_;
  if (!constant_.empty()) bucket_start_ += ',';
  bucket_start_ += "le=\"";

  std::uint64_t count = 0;
  const std::span<const ExemplarView> exemplars = histogram.exemplars;
  auto exemplar = format_ == MetricsFormat::openmetrics ? exemplars.begin() : exemplars.end();
  const std::size_t buckets = std::min(bound_texts_.size(), histogram.counts.size());
  for (std::size_t i = 0; i < buckets; ++i) {
    count += histogram.counts[i];
    write_bucket(bound_texts_[i], count);
    if (exemplar != exemplars.end() && exemplar->bucket == i) write_exemplar(*exemplar++);
  }
  write_line_start("_sum", sample.labels);
  char* out = write_number(room(kMaxNumberText + 1), histogram.sum);
  *out++ = '\n';
  end_at(out);
  write_line_start("_count", sample.labels);
  out = write_integer(room(kMaxNumberText + 1), count);
  *out++ = '\n';
  end_at(out);
}

void TextEncoder::write_bucket(const BoundText& bound, std::uint64_t count) {
  char* out = room(bucket_start_.size() + BoundText::kSize + kMaxNumberText + 1);
  out = copy(out, bucket_start_);
  std::memcpy(out, bound.text, BoundText::kSize);
  out = write_integer(out + bound.size, count);
  *out++ = '\n';
  end_at(out);
}

// ` # {trace_id="…"} value time` in place of the end of the bucket's line.
void TextEncoder::write_exemplar(const ExemplarView& exemplar) {
  constexpr std::string_view kBegin = " # {";
  --used_;
  char* out = room(kBegin.size() + exemplar.labels.size() + 2 * kMaxNumberText + 4);
  out = copy(copy(copy(out, kBegin), exemplar.labels), "} ");
  out = write_number(out, exemplar.value);
  if (exemplar.at != kNoTime) {
    *out++ = ' ';
    out = write_number(out, seconds(exemplar.at));
  }
  *out++ = '\n';
  end_at(out);
}

// `name_suffix{labels,constant} `, without braces where nothing is between them.
void TextEncoder::write_line_start(std::string_view suffix, std::string_view labels) {
  char* out = room(name_.size() + suffix.size() + labels.size() + constant_.size() + 4);
  out = copy(copy(out, name_), suffix);
  if (!labels.empty() || !constant_.empty()) {
    *out++ = '{';
    out = copy(out, labels);
    if (!labels.empty() && !constant_.empty()) *out++ = ',';
    out = copy(out, constant_);
    *out++ = '}';
  }
  *out++ = ' ';
  end_at(out);
}

// Bounds are mostly those of the sample before.
void TextEncoder::set_bounds(std::span<const double> bounds) {
  if (!bound_texts_.empty() && std::ranges::equal(bounds, bounds_)) return;
  bounds_.assign(bounds.begin(), bounds.end());
  bound_texts_.resize(bounds.size() + 1);
  for (std::size_t i = 0; i < bound_texts_.size(); ++i) {
    const bool last = i == bounds.size();
    BoundText& text = bound_texts_[i];
    char* end = write_bound(text.text, last ? std::numeric_limits<double>::infinity() : bounds[i]);
    end = copy(end, "\"} ");
    text.size = static_cast<std::uint32_t>(end - text.text);
  }
}

void TextEncoder::append(std::string_view text) {
  end_at(copy(room(text.size()), text));
}

// So many free bytes, to be ended with end_at. What was written before may leave with a piece.
char* TextEncoder::room(std::size_t size) {
  if (capacity_ - used_ < size) {
    flush();
    if (capacity_ < size) {
      page_ = std::make_unique_for_overwrite<char[]>(size);
      capacity_ = size;
    }
  }
  return page_.get() + used_;
}

void TextEncoder::end_at(const char* end) {
  used_ = static_cast<std::size_t>(end - page_.get());
}

void TextEncoder::flush() {
  if (used_ > 0 && !gone_) gone_ = !sink_({page_.get(), used_});
  used_ = 0;
}

}  // namespace wayside
