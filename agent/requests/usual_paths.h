#pragma once

#include <string_view>

namespace wayside {

// Paths that stand for the words `health` and `static` of the config's `ignore`. Both take a path
// as sent, without its query. The lists are those of docs/config.md.

// What probes ask: Kubernetes' and Spring's endpoints, nginx's stub_status, the usual names.
bool is_health_path(std::string_view path);

// A file that no service computes, by the ending of its name, and what browsers and crawlers look
// for at a site's root.
bool is_static_path(std::string_view path);

}  // namespace wayside
