#include "agent/options.h"

#include <CLI/CLI.hpp>
#include <sstream>

namespace wayside {
namespace {

constexpr int kWrongUsage = 2;

void add_run_options(CLI::App& app, ConfigSource& source) {
  app.add_option("--config", source.file, "The config file")->type_name("FILE");
  app.add_option("--listen", source.listen, "Where to serve, instead of what the config says")
      ->type_name("ADDR")
      ->check([](const std::string& text) {
        const auto address = parse_listen(text);
        return address ? std::string() : address.error().message;
      });
  app.add_option("--access-log", source.access_logs,
                 "An nginx access log to observe, path or glob, or - for standard input; without a "
                 "config file")
      ->type_name("PATH")
      ->excludes("--config");
  app.add_option("--service", source.service, "The service whose log that is")
      ->type_name("NAME")
      ->excludes("--config");
}

std::string lines_of_versions() {
  return std::string("wayside ") + WAYSIDE_VERSION;
}

UsageAnswer answer_of(const CLI::App& app, const CLI::ParseError& error) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(error, out, err);
  return {code == 0 ? 0 : kWrongUsage, out.str() + err.str()};
}

}  // namespace

std::variant<Options, UsageAnswer> parse_options(int argc, const char* const* argv) {
  CLI::App app("Observes the services of a backend and serves what it learned to Prometheus.",
               "wayside");
  Options options;
  app.set_version_flag("--version", lines_of_versions());
  app.require_subcommand(0, 1);
  add_run_options(app, options.source);
  CLI::App* run = app.add_subcommand("run", "Observe and serve (the default)");
  add_run_options(*run, options.source);
  CLI::App* check = app.add_subcommand("check", "Validate a config and try every target once");
  check->add_option("FILE", options.source.file, "The config file")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return answer_of(app, error);
  }
  if (check->parsed()) options.command = Options::Command::check;
  return options;
}

}  // namespace wayside
