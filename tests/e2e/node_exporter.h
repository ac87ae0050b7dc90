#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/process.h"
#include "tests/support/series.h"

namespace wayside::e2e {

// Debian's prometheus-node-exporter on a port of its own, with its defaults.
class NodeExporter {
 public:
  NodeExporter();
  testing::AssertionResult start();
  [[nodiscard]] support::Page page() const;

 private:
  std::uint16_t port_;
  std::optional<support::Process> process_;
};

// A page's samples of families that begin with node_, by name and labels; an empty label is none.
using Series = std::pair<std::string, support::Labels>;
using SeriesMap = std::map<Series, double>;
SeriesMap node_series(const support::Page& page);

// Whether wayside speaks this family of node_exporter's.
bool is_spoken(std::string_view family);

// Whether a value of wayside's agrees with those that node_exporter had before and after. Counters
// and the clock lie between them; gauges as well, or no further outside than they moved meanwhile.
bool agrees(const std::string& family, const std::string& type, double before, double ours,
            double after);

std::string to_text(const Series& series);

}  // namespace wayside::e2e
