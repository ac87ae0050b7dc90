#include "agent/banner.h"

#include <fmt/format.h>

namespace wayside {
namespace {

constexpr std::string_view kFirstSteps = R"(
  No config yet. To observe an nginx access log:
      wayside run --access-log /var/log/nginx/access.log --service my-api
  or put it in a file (docs/config.md has every key):
      service: my-api
      collectors:
        access_log: [{path: /var/log/nginx/access.log}]
  and start with --config FILE.
)";

std::string line(std::string_view key, std::string_view value) {
  return fmt::format("  {:<10}{}\n", key, value);
}

// "127.0.0.1:19100" of "http://127.0.0.1:19100".
std::string_view authority(std::string_view url) {
  const auto slashes = url.find("//");
  return slashes == std::string_view::npos ? url : url.substr(slashes + 2);
}

}  // namespace

std::string show_banner(const Banner& banner) {
  std::string text = fmt::format("wayside {}\n", banner.version);
  text += line("metrics", banner.url + "/metrics");
  text += line("health", banner.url + "/health");
  if (banner.exposed) text += line("open to", "everyone who reaches it; see docs/network.md");
  if (banner.observed.empty()) {
    text += line("observes", "nothing: the config names no collectors (see docs/config.md)");
  }
  std::string_view key = "observes";
  for (const std::string& observed : banner.observed) {
    text += line(key, observed);
    key = "";
  }
  text += line("events", banner.events);
  if (banner.config) text += line("config", *banner.config);
  const std::string_view scheme = banner.url.starts_with("https:") ? "scheme: https, " : "";
  text += line("scrape", fmt::format("in prometheus.yml: - {{job_name: wayside, {}"
                                     "static_configs: [{{targets: [\"{}\"]}}]}}",
                                     scheme, authority(banner.url)));
  if (!banner.config && !banner.told_what) text += kFirstSteps;
  return text;
}

}  // namespace wayside
