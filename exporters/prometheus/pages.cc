#include "exporters/prometheus/pages.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "exporters/prometheus/format/gzip_stream.h"
#include "exporters/prometheus/format/page_encoder.h"
#include "exporters/prometheus/targets.h"

namespace wayside {
namespace {

constexpr std::string_view kRead = "GET, HEAD";
constexpr std::string_view kAct = "POST";

constexpr std::array<ServedPath, 9> kPaths = {{
    {"/metrics", kRead, nullptr},
    {"/sd", kRead, nullptr},
    {"/health", kRead, [](Pages& pages, const Query&) { return pages.health(); }},
    {"/-/healthy", kRead, [](Pages& pages, const Query&) { return pages.alive(); }},
    {"/-/ready", kRead, [](Pages& pages, const Query&) { return pages.ready(); }},
    {"/-/reload", kAct, [](Pages& pages, const Query&) { return pages.reload(); }},
    {"/api/clients", kRead, [](Pages& pages, const Query& query) { return pages.clients(query); }},
    {"/api/problems", kRead,
     [](Pages& pages, const Query& query) { return pages.problems(query); }},
    {"/", kRead, [](Pages& pages, const Query&) { return pages.index(); }},
}};

constexpr std::string_view kIndex = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>wayside</title></head>
<body>
<h1>wayside</h1>
<ul>
<li><a href="/metrics">/metrics</a>: what was observed, for Prometheus</li>
<li><a href="/sd">/sd</a>: its targets, for Prometheus' HTTP service discovery</li>
<li><a href="/health">/health</a>: how the agent and its dependencies are</li>
<li><a href="/-/healthy">/-/healthy</a>: whether the agent runs</li>
<li><a href="/-/ready">/-/ready</a>: whether it has begun to observe</li>
<li><a href="/api/clients">/api/clients</a>: whom each service served badly in the last minutes</li>
<li><a href="/api/problems">/api/problems</a>: lines that could not be read, with examples</li>
</ul>
</body>
</html>
)";

// A name that is not UTF-8 must not cost the page.
Page json_page(const nlohmann::ordered_json& json, int status = 200) {
  return {
      .status = status,
      .type = "application/json",
      .body = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n"};
}

std::optional<std::string_view> parameter(const Query& query, const std::string& name) {
  const auto found = query.lower_bound(name);
  if (found == query.end() || found->first != name) return std::nullopt;
  return found->second;
}

}  // namespace

bool ServedPath::allows(std::string_view method) const {
  return allow == kAct ? method == kAct : method == "GET" || method == "HEAD";
}

std::span<const ServedPath> served_paths() {
  return kPaths;
}

const ServedPath* find_path(std::string_view path) {
  for (const ServedPath& served : kPaths) {
    if (served.path == path) return &served;
  }
  return nullptr;
}

Page Pages::index() {
  return {.type = "text/html; charset=utf-8", .body = std::string(kIndex)};
}

Page Pages::health() {
  using nlohmann::ordered_json;
  const Health health = context_.health ? context_.health() : Health{};
  ordered_json memory = ordered_json::object();
  if (health.rss_bytes) memory["rss_bytes"] = *health.rss_bytes;
  ordered_json services = ordered_json::object();
  for (const Health::Service& service : health.services) {
    services[service.name] = service.connected ? "connected" : "disconnected";
  }
  const ordered_json json = {{"status", to_string(health.status)},
                             {"timestamp", to_rfc3339(context_.clock.wall())},
                             {"uptime", seconds(health.uptime)},
                             {"memory", std::move(memory)},
                             {"services", std::move(services)}};
  return json_page(json, health.status == Health::Status::healthy ? 200 : 503);
}

Page Pages::alive() {
  return {.body = "wayside is healthy\n"};
}

Page Pages::ready() {
  if (!context_.ready || context_.ready()) return {.body = "wayside is ready\n"};
  return {.status = 503, .body = "wayside is starting\n"};
}

Page Pages::reload() {
  if (!context_.reload) return {.status = 501, .body = "there is no config to reload\n"};
  const std::unique_lock lock(reloading_, std::try_to_lock);
  if (!lock.owns_lock()) return {.status = 503, .body = "a reload is already under way\n"};
  const Result<void> done = context_.reload();
  if (done) return {.body = "reloaded\n"};
  return {.status = 500, .body = done.error().message + "\n"};
}

Page Pages::clients(const Query& query) {
  if (context_.boards == nullptr) return json_page({{"services", nlohmann::ordered_json::array()}});
  return json_page(context_.boards->clients.json(parameter(query, "service")));
}

Page Pages::problems(const Query& query) {
  if (context_.boards == nullptr) return json_page({{"problems", nlohmann::ordered_json::array()}});
  const auto source = parameter(query, "source");
  return json_page(context_.boards->problems.json(source, context_.clock.wall()));
}

Page Pages::targets(const Reached& reached) {
  if (!is_reachable_at(reached.host)) {
    return {.status = 400, .body = "the request's Host is no address to scrape\n"};
  }
  return json_page(discovered_targets(context_.samples.origins(), reached));
}

std::variant<Selection, Page> Pages::select(const Query& query, MetricsFormat format) {
  Selection selection = selection_for(format);
  if (auto wrong = select_origins(query, context_.samples.origins(), selection)) {
    return Page{.status = 400, .body = *std::move(wrong)};
  }
  return selection;
}

bool Pages::metrics(const Selection& selection, MetricsFormat format, bool gzip,
                    const Write& write) {
  if (!gzip) return write_metrics(selection, format, write);
  GzipStream stream(write);
  const bool whole = write_metrics(
      selection, format, [&stream](std::string_view piece) { return stream.write(piece); });
  return whole && stream.finish();
}

bool Pages::write_metrics(const Selection& selection, MetricsFormat format, const Write& write) {
  const std::string constant = context_.constant_labels ? context_.constant_labels() : "";
  return encode_page(context_.samples, selection, format, constant, write);
}

}  // namespace wayside
