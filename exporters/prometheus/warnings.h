#pragma once

#include <string>
#include <vector>

#include "exporters/prometheus/config.h"

namespace wayside {

// What of an endpoint lets others in, or listen in.
struct Exposure {
  bool loopback = true;      // only this host reaches it
  bool asks = false;         // clients have to say who they are
  bool encrypted = false;    // by TLS
  bool has_secrets = false;  // passwords or tokens come to it

  // Everyone who reaches it is let in.
  [[nodiscard]] bool is_open() const { return !loopback && !asks; }
};

// What is wrong with it, for people, without the address; empty: nothing.
std::string exposure_warning(const Exposure& exposure);

// What a config that can be used should better not say, each for people, for `wayside check`: an
// address open to others, a key open to others, a certificate out of date. Reads the files of TLS.
std::vector<std::string> prometheus_warnings(const PrometheusConfig& config);

}  // namespace wayside
