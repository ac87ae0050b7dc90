#include "collectors/access_log/source/rotated_name.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

TEST(RotatedNames, AreToldFromTheNamesTheyHadBefore) {
  struct Case {
    std::string name, component, before;  // no name before: not rotated
  };
  const std::vector<Case> cases = {
      {"access.log.1", "access.log", "access.log"},
      {"access.log.12.13", "access.log", "access.log"},
      {"access.log-20261124", "access.log", "access.log"},
      {"access.log-2026-11-24_12", "access.log", "access.log"},
      {"access.log.old", "access.log", "access.log"},
      {"access-20261124.log", "access.log", "access.log"},
      {"access.1.log", "access.log", "access.log"},
      {"api.log.1", "*.log", "api.log"},
      {"api-2.1.log.3", "*.log", "api-2.1.log"},
      {"access.log", "access.log", ""},
      {"access.log.1.gz", "access.log", ""},
      {"access.logs", "access.log", ""},
      {"access.log.json", "access.log", ""},
      {"access.log.", "access.log", ""},
      {"access-api.log", "access.log", ""},
      {"error.log.1", "access.log", ""},
      {"", "access.log", ""},
      {".-_.", "*", ""},
      {"1", "*.log", ""},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(name_before_rotation(c.name, c.component).value_or(""), c.before) << c.name;
  }
}

}  // namespace
}  // namespace wayside
