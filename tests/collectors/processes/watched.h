#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "agent/system/units.h"
#include "collectors/processes/collector.h"
#include "tests/collectors/processes/fake_proc.h"
#include "tests/collectors/processes/told.h"

namespace wayside {

inline FakeProcess worker_process(int pid, std::uint64_t start = 1000) {
  FakeProcess process;
  process.pid = pid;
  process.start = start;
  return process;
}

inline double ticks(double count) {
  return count * seconds_per_tick();
}

// The collector over a /proc that the test writes.
class Watched : public testing::Test {
 protected:
  // Groups as the config has them; the collector is made at the first poll.
  void group(ProcessGroupConfig config) {
    if (config.service.empty()) config.service = config.name;
    groups_.push_back(std::move(config));
  }
  // Polls after `pass`, and keeps each sample as `name{a="b",…}`, labels in order.
  void poll(Micros pass = std::chrono::seconds(5)) {
    if (!collector_) {
      collector_.emplace(groups_, ProcessesContext{environment_, events_, facts_, log_});
    }
    clock_.advance(pass);
    FamilyList families;
    outcome_ = collector_->poll({}, families);
    values_.clear();
    for (const auto& family : families) keep(family);
  }
  // The value of a sample; nothing where there is none.
  std::optional<double> value(const std::string& series) const {
    const auto at = values_.find(series);
    return at == values_.end() ? std::nullopt : std::optional(at->second);
  }
  std::optional<double> procs(const std::string& name = "api") const {
    return value("namedprocess_namegroup_num_procs{groupname=\"" + name + "\"}");
  }
  // In seconds, user mode.
  std::optional<double> group_cpu(const std::string& name = "api") const {
    return value("namedprocess_namegroup_cpu_seconds_total{groupname=\"" + name +
                 "\",mode=\"user\"}");
  }
  std::optional<double> worker(const std::string& family, const std::string& place,
                               const std::string& more = "") const {
    return value("wayside_worker_" + family + "{groupname=\"api\"" + more + ",worker=\"" + place +
                 "\"}");
  }
  std::optional<double> worker_cpu(const std::string& place) const {
    return worker("cpu_seconds_total", place, ",mode=\"user\"");
  }
  std::string why(const std::string& part) const {
    for (const auto& told : outcome_.parts) {
      if (told.name == part) return told.why;
    }
    return "no such part";
  }

  // All samples, one a line.
  std::string page() const {
    std::string text;
    for (const auto& [series, value] : values_) {
      text += series + " " + nlohmann::json(value).dump() + "\n";
    }
    return text;
  }

  FakeProc proc_;
  ManualClock clock_;
  Environment environment_{.clock = &clock_, .proc = proc_.path()};
  KeptEvents events_;
  Facts facts_;
  NullLog log_;
  std::vector<ProcessGroupConfig> groups_;
  std::optional<ProcessesCollector> collector_;
  std::map<std::string, double> values_;
  Outcome outcome_;

 private:
  void keep(const prometheus::MetricFamily& family) {
    for (const auto& metric : family.metric) {
      std::map<std::string, std::string> labels;
      for (const auto& label : metric.label) labels[label.name] = label.value;
      std::string text;
      for (const auto& [name, of] : labels)
        text += (text.empty() ? "" : ",") + name + "=\"" + of + "\"";
      const bool counter = family.type == prometheus::MetricType::Counter;
      EXPECT_TRUE(values_
                      .emplace(family.name + "{" + text + "}",
                               counter ? metric.counter.value : metric.gauge.value)
                      .second)
          << family.name << text;
    }
  }
};

}  // namespace wayside
