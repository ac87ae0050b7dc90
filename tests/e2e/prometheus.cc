#include "tests/e2e/servers.h"
#include "tests/support/http.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {

Prometheus::Prometheus(std::filesystem::path dir, std::uint16_t target)
    : Prometheus(std::move(dir),
                 "  - job_name: wayside\n"
                 "    static_configs: [{targets: ['127.0.0.1:" +
                     std::to_string(target) + "']}]\n") {}

Prometheus::Prometheus(std::filesystem::path dir, std::string scrape_configs)
    : dir_(std::move(dir)),
      scrape_configs_(std::move(scrape_configs)),
      port_(support::free_port()) {}

testing::AssertionResult Prometheus::start() {
  const auto program = support::find_program({"/usr/bin/prometheus", "/usr/local/bin/prometheus"});
  if (program.empty()) return testing::AssertionFailure() << "prometheus is not installed";
  const auto config = dir_ / "prometheus.yml";
  support::write_file(config,
                      "global: {scrape_interval: 1s, scrape_timeout: 1s}\n"
                      "scrape_configs:\n" +
                          scrape_configs_);
  support::Command command{.words = {program, "--config.file=" + config.string(),
                                     "--storage.tsdb.path=" + (dir_ / "tsdb").string(),
                                     "--web.listen-address=127.0.0.1:" + std::to_string(port_)}};
  if (!features_.empty()) command.words.push_back("--enable-feature=" + features_);
  command.errors = dir_ / "prometheus.err";
  process_.emplace(command);
  const bool ready =
      support::wait_until([this] { return support::http_get(port_, "/-/ready").status == 200; });
  if (!ready) return testing::AssertionFailure() << support::read_file(command.errors);
  return testing::AssertionSuccess();
}

}  // namespace wayside::e2e
