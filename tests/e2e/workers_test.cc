// Real clusters, gunicorn's and PM2's: their workers keep their places and their counters when one
// of them is killed while it is scraped.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/log_writers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using support::Labels;
using support::Page;

std::size_t living(const Page& page, const std::string& role) {
  return page.find("wayside_worker_info", {{"role", role}}).size();
}

double restarts(const Page& page) {
  return page.sum("wayside_worker_restarts_total");
}

// Counters of one page that are smaller on the next, or not there any more.
std::string steps_back(const Page& before, const Page& after) {
  std::map<std::pair<std::string, Labels>, double> values;
  for (const auto& sample : after.samples) values[{sample.name, sample.labels}] = sample.value;
  std::string text;
  for (const auto& sample : before.samples) {
    const bool ours = sample.name.starts_with("wayside_worker_") ||
                      sample.name.starts_with("namedprocess_namegroup_");
    if (!ours || !sample.name.ends_with("_total")) continue;
    const auto at = values.find({sample.name, sample.labels});
    if (at == values.end()) {
      text += sample.name + " of worker " + sample.label("worker") + " is gone\n";
    } else if (at->second < sample.value) {
      text += sample.name + " of worker " + sample.label("worker") + " stepped back\n";
    }
  }
  return text;
}

// The children of `parent` that have it in their command line.
std::vector<pid_t> children_with(pid_t parent, const std::string& command) {
  std::vector<pid_t> found;
  const std::string task = "/proc/" + std::to_string(parent) + "/task/" + std::to_string(parent);
  std::ifstream children(task + "/children");
  for (pid_t pid = 0; children >> pid;) {
    const auto line = support::read_file("/proc/" + std::to_string(pid) + "/cmdline");
    if (line.find(command) != std::string::npos) found.push_back(pid);
  }
  return found;
}

class Workers : public testing::Test {
 protected:
  void observe(const std::string& pattern) {
    agent_.configure("collectors:\n  processes:\n    - {name: api, command: '" + pattern + "'}\n");
    ASSERT_TRUE(agent_.start());
  }
  bool see(std::size_t masters, std::size_t workers) {
    return support::wait_until([&] {
      page_ = agent_.page();
      return living(page_, "master") == masters && living(page_, "worker") == workers;
    });
  }
  // Kills one and scrapes on until its successor stands in its place.
  void kill_while_scraped(pid_t worker, std::size_t workers) {
    const Page first = page_;
    ASSERT_EQ(::kill(worker, SIGKILL), 0);
    Page last = first;
    std::string back;
    ASSERT_TRUE(support::wait_until([&] {
      page_ = agent_.page();
      back += steps_back(last, page_);
      last = page_;
      return restarts(page_) >= 1 && living(page_, "worker") == workers;
    }));
    EXPECT_EQ(back, "");
    EXPECT_EQ(restarts(page_), 1);
    EXPECT_EQ(steps_back(first, page_), "");
    EXPECT_TRUE(page_.find("wayside_worker_info", {{"worker", std::to_string(workers)}}).empty());
  }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
  Page page_;
};

TEST_F(Workers, OfGunicornKeepTheirPlaces) {
  LogWriter gunicorn(dir_.path());
  ASSERT_TRUE(gunicorn.start_gunicorn("", false));
  const std::string mark = "127.0.0.1:" + std::to_string(gunicorn.port());
  observe("gunicorn.*" + mark);
  ASSERT_TRUE(see(1, 2));
  const auto workers = children_with(gunicorn.pid(), mark);
  ASSERT_EQ(workers.size(), 2U);
  kill_while_scraped(workers.front(), 2);
}

// PM2 with a home of its own, which ends with it.
class Pm2 {
 public:
  explicit Pm2(const std::filesystem::path& dir) : home_(dir / "pm2") {
    std::filesystem::create_directories(home_);
  }
  ~Pm2() { run({"kill"}); }
  support::Finished run(const std::vector<std::string>& words) const {
    std::vector<std::string> all = {"env", "HOME=" + home_.string(), "PM2_HOME=" + home_.string(),
                                    "node", pm2_program()};
    all.insert(all.end(), words.begin(), words.end());
    return support::run(all);
  }
  // Nothing where it cannot be told.
  [[nodiscard]] pid_t daemon() const {
    const auto text = support::read_file(home_ / "pm2.pid");
    return text.empty() ? 0 : static_cast<pid_t>(std::stol(text));
  }

 private:
  std::filesystem::path home_;
};

TEST_F(Workers, OfPm2KeepTheirPlaces) {
  std::string why;
  const auto state = prepare_node(why);
  if (state == NodeState::no_npm) GTEST_SKIP() << why;
  ASSERT_EQ(state, NodeState::ready) << why;
  const Pm2 pm2(dir_.path());
  const std::string port = std::to_string(support::free_port());
  const auto app = dir_.file(
      "server" + port + ".js",
      "require('http').createServer((q, s) => s.end('ok')).listen(" + port + ", '127.0.0.1');\n");
  const auto started = pm2.run({"start", app.string(), "-i", "3", "--name", "api"});
  ASSERT_EQ(started.code, 0) << started.output << started.errors;
  observe("server" + port + "\\.js");
  ASSERT_TRUE(see(1, 3)) << agent_.output();
  const auto workers = children_with(pm2.daemon(), "server" + port);
  ASSERT_EQ(workers.size(), 3U);
  kill_while_scraped(workers.front(), 3);
}

}  // namespace
}  // namespace wayside::e2e
