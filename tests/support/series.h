#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wayside::support {

using Labels = std::map<std::string, std::string>;

// One sample as a scrape or a query gives it.
struct Sample {
  std::string name;
  Labels labels;
  double value = 0;

  // The value of a label, or "-" where the sample has none of that name.
  [[nodiscard]] std::string label(const std::string& name) const;
};

// Whether every one of `wanted` stands among `labels`.
bool matches(const Labels& labels, const Labels& wanted);

// Values by the values of these labels, joined by blanks: "GET /api/students/:id 200".
using Table = std::map<std::string, double>;
Table by_labels(const std::vector<Sample>& samples, const std::vector<std::string>& labels);

// A page of text format 0.0.4, read strictly.
struct Page {
  std::vector<Sample> samples;
  std::map<std::string, std::string> types;  // by family
  std::map<std::string, std::string> helps;
  std::vector<std::string> errors;  // what a scrape would fail on

  // Samples of this name that have these labels.
  [[nodiscard]] std::vector<Sample> find(std::string_view name, const Labels& wanted = {}) const;
  [[nodiscard]] double sum(std::string_view name, const Labels& wanted = {}) const;
};
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
Page parse_page(std::string_view text);

// The HTTP API of a Prometheus server on loopback.
// https://prometheus.io/docs/prometheus/latest/querying/api/
class PrometheusApi {
 public:
  explicit PrometheusApi(std::uint16_t port) : port_(port) {}
  // The result of an instant query; empty where it fails, too.
  [[nodiscard]] std::vector<Sample> query(const std::string& expression) const;
  // The one value of a query that yields one; NaN otherwise.
  [[nodiscard]] double value(const std::string& expression) const;

 private:
  std::uint16_t port_;
};

}  // namespace wayside::support
