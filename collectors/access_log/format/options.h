#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wayside {

// What a config's entry says of its lines besides their format. Empty: nothing.
struct FormatOptions {
  // Whose request it is, where that is not the client's address: the name of a log_format's
  // variable without its dollar ("http_x_tenant", also for Apache's %{X-Tenant}i and morgan's
  // :req[x-tenant]), or of a JSON field.
  std::string who;
  // Whether requests are to tell of the client's program, which costs a little.
  bool user_agent = false;
  // Of JSON lines: what of a request ("duration", "path", …) stands under which key, where the
  // key differs from all that are known.
  std::vector<std::pair<std::string, std::string>> fields;
  // The unit of durations that are bare numbers: "s", "ms", "us" or "ns"; empty: as whoever writes
  // such lines has it.
  std::string duration_unit;
};

}  // namespace wayside
