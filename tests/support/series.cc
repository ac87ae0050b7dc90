#include "tests/support/series.h"

#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/http.h"

namespace wayside::support {

std::string Sample::label(const std::string& wanted) const {
  const auto found = labels.find(wanted);
  return found == labels.end() ? "-" : found->second;
}

bool matches(const Labels& labels, const Labels& wanted) {
  for (const auto& [name, value] : wanted) {
    const auto found = labels.find(name);
    if (found == labels.end() || found->second != value) return false;
  }
  return true;
}

Table by_labels(const std::vector<Sample>& samples, const std::vector<std::string>& labels) {
  Table table;
  for (const auto& sample : samples) {
    std::string key;
    for (const auto& name : labels) key += (key.empty() ? "" : " ") + sample.label(name);
    table[key] += sample.value;
  }
  return table;
}

std::vector<Sample> Page::find(std::string_view name, const Labels& wanted) const {
  std::vector<Sample> found;
  for (const auto& sample : samples) {
    if (sample.name == name && matches(sample.labels, wanted)) found.push_back(sample);
  }
  return found;
}

double Page::sum(std::string_view name, const Labels& wanted) const {
  double sum = 0;
  for (const auto& sample : find(name, wanted)) sum += sample.value;
  return sum;
}

std::vector<Sample> PrometheusApi::query(const std::string& expression) const {
  const auto reply = http_get(port_, "/api/v1/query?query=" + url_encode(expression));
  const auto json = nlohmann::json::parse(reply.body, nullptr, false);
  std::vector<Sample> samples;
  if (json.is_discarded() || json.value("status", "") != "success") return samples;
  for (const auto& row : json["data"]["result"]) {
    Sample sample;
    for (const auto& [name, value] : row["metric"].items()) {
      (name == "__name__" ? sample.name : sample.labels[name]) = value.get<std::string>();
    }
    sample.value = std::strtod(row["value"][1].get<std::string>().c_str(), nullptr);
    samples.push_back(std::move(sample));
  }
  return samples;
}

double PrometheusApi::value(const std::string& expression) const {
  const auto samples = query(expression);
  return samples.size() == 1 ? samples[0].value : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace wayside::support
