#pragma once

#include <functional>
#include <string_view>

#include "collectors/access_log/format/json_slots.h"

namespace wayside {

// The keys of all dialects, with what they tell. Keys within objects have the objects' keys in
// front: "req/headers/host". A key may come again to add to its marks. Taken from:
//   nginx    https://nginx.org/en/docs/varindex.html
//   Caddy    https://caddyserver.com/docs/caddyfile/directives/log
//   Traefik  https://doc.traefik.io/traefik/observability/access-logs/
//   Envoy https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
//   Apache   https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
//   pino     https://github.com/pinojs/pino-http
//   bunyan   https://github.com/trentm/node-bunyan
//   morgan   https://github.com/expressjs/morgan
//   ECS      https://www.elastic.co/guide/en/ecs/current/ecs-field-reference.html
void for_each_json_key(const std::function<void(std::string_view path, const JsonKey& key)>& use);

}  // namespace wayside
