#pragma once

#include "agent/options.h"

namespace wayside {

// `wayside run`: observes and serves until SIGTERM or SIGINT. Returns the process's exit code.
int run(const ConfigSource& source);

// `wayside check`: what is wrong with a config, and what came of trying its targets.
int check(const ConfigSource& source);

}  // namespace wayside
