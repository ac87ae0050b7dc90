// A fixture log in, the whole /metrics out. WAYSIDE_REFRESH_GOLDEN=1 writes the golden file anew:
// look at its difference before committing it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <sstream>
#include <string>
#include <string_view>

#include "tests/e2e/agent_process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside {
namespace {

// Samples whose value is the machine's or the moment's. They must be there; what they say is
// shown as `~`.
constexpr std::string_view kVarying[] = {
    "process_",
    "wayside_collector_duration_seconds",
    "wayside_collector_last_success_timestamp_seconds",
    "wayside_config_last_reload_success_timestamp_seconds",
    "wayside_http_connections_total",
    "wayside_scrape_",
    "wayside_source_lag_seconds",
};

bool varies(std::string_view line) {
  for (const auto prefix : kVarying) {
    if (line.starts_with(prefix)) return true;
  }
  return false;
}

// The page with what varies by machine and time made the same everywhere.
std::string normalised(const std::string& page, const std::string& dir) {
  static const std::regex kVersion(R"re(((version|compiler|libc|revision)=")[^"]*")re");
  std::ostringstream out;
  std::istringstream in(page);
  for (std::string line; std::getline(in, line);) {
    if (varies(line)) line = line.substr(0, line.rfind(' ')) + " ~";
    if (line.starts_with("wayside_build_info")) line = std::regex_replace(line, kVersion, "$1~\"");
    for (auto at = line.find(dir); at != std::string::npos; at = line.find(dir)) {
      line.replace(at, dir.size(), "DIR");
    }
    out << line << "\n";
  }
  return out.str();
}

std::string page_over(const std::filesystem::path& dir) {
  const std::filesystem::path fixture = WAYSIDE_FIXTURES "/access_log/first_light.log";
  std::filesystem::copy_file(fixture, dir / "first_light.log");
  e2e::Agent agent(dir);
  agent.configure("service: college-api\nlabels: {env: test}\n" +
                  e2e::access_log_collector((dir / "first_light.log").string()));
  EXPECT_TRUE(agent.start());
  // Told of once a second.
  EXPECT_TRUE(
      support::wait_until([&agent] { return agent.page().sum("wayside_source_files") == 1; }));
  return agent.get("/metrics").body;
}

// The first line in which two texts differ, for people.
std::string difference(const std::string& golden, const std::string& now) {
  std::istringstream a(golden);
  std::istringstream b(now);
  std::string x;
  std::string y;
  for (int line = 1;; ++line) {
    const bool more_a = static_cast<bool>(std::getline(a, x));
    const bool more_b = static_cast<bool>(std::getline(b, y));
    if (!more_a && !more_b) return "none";
    if (more_a == more_b && x == y) continue;
    return "line " + std::to_string(line) + "\n  golden: " + (more_a ? x : "(end)") +
           "\n  now:    " + (more_b ? y : "(end)");
  }
}

TEST(Golden, WholeMetricsPageOfAFixtureLog) {
  const support::TempDir dir;
  const auto page = page_over(dir.path());
  const auto checked = support::run({"promtool", "check", "metrics"}, dir.file("page.txt", page));
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
  for (const auto& error : support::parse_page(page).errors) ADD_FAILURE() << error;

  const auto now = normalised(page, dir.path().string());
  const std::filesystem::path golden = WAYSIDE_GOLDEN "/first_light.metrics";
  if (std::getenv("WAYSIDE_REFRESH_GOLDEN") != nullptr) support::write_file(golden, now);
  EXPECT_EQ(difference(support::read_file(golden), now), "none");
}

}  // namespace
}  // namespace wayside
