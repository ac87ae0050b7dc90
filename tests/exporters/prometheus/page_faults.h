#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "agent/core/labels.h"
#include "tests/support/series.h"

namespace wayside {

// What a reader would fail on in a page of AnyBytes, in a few words; empty where nothing. Written
// without a library, for fuzzing.

// Of text format 0.0.4, by the strict reader.
inline std::string text_fault(std::string_view text) {
  if (!is_utf8(text)) return "not UTF-8";
  const support::Page page = support::parse_page(text);
  if (!page.errors.empty()) return page.errors.front();
  int good = 0;
  for (const support::Sample& sample : page.samples) {
    const bool is_good = sample.name == "good_total" || sample.name == "good_polled";
    if (is_good && sample.labels == support::Labels{{"a", "b"}} && sample.value == 7) ++good;
  }
  return good == 2 ? "" : "a good series is not there";
}

// Of OpenMetrics: names that two families would have. The reference parser refuses such a page.
// https://github.com/prometheus/client_python/blob/master/prometheus_client/openmetrics/parser.py
inline std::string openmetrics_fault(std::string_view page) {
  if (!is_utf8(page)) return "not UTF-8";
  if (!page.ends_with("# EOF\n")) return "no end";
  constexpr std::string_view kType = "# TYPE ";
  std::set<std::string> taken;
  for (std::size_t from = 0, to = 0; from < page.size(); from = to + 1) {
    to = page.find('\n', from);
    std::string_view line = page.substr(from, to - from);
    if (!line.starts_with(kType)) continue;
    line.remove_prefix(kType.size());
    const std::string name(line.substr(0, line.find(' ')));
    std::set<std::string> names = {name};
    if (line.ends_with(" counter")) names.insert({name + "_total", name + "_created"});
    if (line.ends_with(" histogram")) {
      names.insert({name + "_bucket", name + "_count", name + "_sum", name + "_created"});
    }
    for (const std::string& each : names) {
      if (!taken.insert(each).second) return "clashing name: " + each;
    }
  }
  return {};
}

// One field of a protobuf message, and the end of all.
struct ProtoField {
  std::uint64_t number = 0;
  std::optional<std::string_view> bytes = {};
};

inline std::optional<std::uint64_t> take_varint(std::string_view& from) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !from.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(from.front());
    from.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

inline std::optional<std::string_view> take_bytes(std::string_view& from) {
  const auto size = take_varint(from);
  if (!size || *size > from.size()) return std::nullopt;
  const std::string_view bytes = from.substr(0, *size);
  from.remove_prefix(*size);
  return bytes;
}

inline std::optional<ProtoField> take_field(std::string_view& from) {
  constexpr unsigned kVarint = 0, kFixed64 = 1, kBytes = 2;
  const auto tag = take_varint(from);
  if (!tag || *tag >> 3 == 0) return std::nullopt;
  ProtoField field{.number = *tag >> 3};
  const unsigned type = *tag & 7;
  if (type == kBytes) {
    field.bytes = take_bytes(from);
    return field.bytes ? std::optional(field) : std::nullopt;
  }
  if (type == kVarint) return take_varint(from) ? std::optional(field) : std::nullopt;
  if (type != kFixed64 || from.size() < 8) return std::nullopt;
  from.remove_prefix(8);
  return field;
}

// Whether fields follow one another to the end and `check` takes each.
template <class Check>
bool walk(std::string_view message, const Check& check) {
  while (!message.empty()) {
    const auto field = take_field(message);
    if (!field || !check(*field)) return false;
  }
  return true;
}

// Of the messages of metrics.proto: tags, lengths and the UTF-8 of names, helps, units and labels.
inline std::string protobuf_fault(std::string_view page) {
  constexpr std::uint64_t kMetric = 4, kLabel = 1;
  const auto is_text = [](const ProtoField& field) { return field.bytes && is_utf8(*field.bytes); };
  const auto in_metric = [&](const ProtoField& field) {
    if (field.number == kLabel) return field.bytes && walk(*field.bytes, is_text);
    return !field.bytes || walk(*field.bytes, [](const ProtoField&) { return true; });
  };
  const auto in_family = [&](const ProtoField& field) {
    if (field.number == kMetric) return field.bytes && walk(*field.bytes, in_metric);
    return !field.bytes || is_utf8(*field.bytes);
  };
  while (!page.empty()) {
    const auto family = take_bytes(page);
    if (!family || !walk(*family, in_family)) return "a family is not well-formed";
  }
  return {};
}

}  // namespace wayside
