#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wayside {

// What the start-up block tells.
struct Banner {
  std::string version;
  std::string url;                    // of the endpoint, with the actual port
  bool exposed = false;               // everyone who reaches it is let in
  std::vector<std::string> observed;  // a line each
  std::string events;                 // where events go
  std::optional<std::string> config;  // the file, where there is one
  bool told_what = false;             // the command line says what to observe
};

// The friendly block a person sees at start: where the endpoint is, what is observed, and how to
// point it at a log where there is no config.
std::string show_banner(const Banner& banner);

}  // namespace wayside
