// No constant label may have the name of one that our own families have.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "agent/config/config.h"
#include "agent/requests/families.h"
#include "agent/store/parts.h"
#include "agent/store/store.h"

namespace wayside {
namespace {

bool is_taken(const std::string& label) {
  const auto no_env = [](const std::string&) { return std::nullopt; };
  const auto loaded = parse_config("labels: {" + label + ": x}", "w.yaml", no_env);
  const auto* problems = std::get_if<ConfigProblems>(&loaded);
  return problems != nullptr && show_problems(*problems).find("samples bring") != std::string::npos;
}

// The labels of a page. A label's value that looks like another label is one too many at most.
std::set<std::string> labels_on(std::istream& page) {
  static const std::regex kLabel("[{,]([a-zA-Z_]+)=\"");
  std::set<std::string> labels;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with('#')) continue;
    for (std::sregex_iterator at(line.begin(), line.end(), kLabel), end; at != end; ++at) {
      labels.insert((*at)[1]);
    }
  }
  return labels;
}

TEST(TakenLabels, HoldEveryLabelOfTheGoldenPage) {
  std::ifstream page(std::string(WAYSIDE_GOLDEN) + "/first_light.metrics");
  auto labels = labels_on(page);
  EXPECT_EQ(labels.erase("env"), 1U);  // of that page's config
  EXPECT_GT(labels.size(), 10U);
  for (const std::string& label : labels) EXPECT_TRUE(is_taken(label)) << label;
}

// Of families, too, of which that page has no sample.
TEST(TakenLabels, HoldEveryLabelOfTheFamiliesOfRequests) {
  const ManualClock clock;
  Store store(clock);
  ASSERT_TRUE(RequestFamilies::declare(store, RequestRules{}, "access_log").ok());
  const StoreParts parts = store.parts({});
  EXPECT_GT(parts.by_name.size(), 6U);
  for (const FamilyPart& part : parts.by_name) {
    for (const std::string& label : part.desc().labels) EXPECT_TRUE(is_taken(label)) << label;
  }
}

TEST(TakenLabels, LeaveOthersToTheConfig) {
  for (const char* label : {"env", "region", "instance", "ends", "le_"}) {
    EXPECT_FALSE(is_taken(label)) << label;
  }
}

}  // namespace
}  // namespace wayside
