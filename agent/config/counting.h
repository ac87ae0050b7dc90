#pragma once

#include "agent/config/config.h"

namespace wayside {

// One request, one count: a balancer's log, the service's own log, timers and traces may all tell
// of the same request, so per service exactly one source counts, and any other says
// `count: false`. A second one is a problem of the config that names both.
//
// Which sources tell of the same requests cannot be known before they run, least of all for logs
// whose format is told by their lines. So two entries of one collector are two sources like any
// others, unless each says `count: true`: then whoever wrote the config knows that no request
// stands in both, as in logs by virtual host. Files of one glob are one source.
void check_counting(const Config& config, ConfigContext& context);

}  // namespace wayside
