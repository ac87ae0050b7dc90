#pragma once

#include <string>
#include <variant>

#include "agent/config/config.h"

namespace wayside {

// What the command line asks for.
struct Options {
  enum class Command : std::uint8_t { run, check };
  Command command = Command::run;
  ConfigSource source;
};

// The command line was answered (--help, --version) or is wrong: print `text` and exit.
struct UsageAnswer {
  int exit_code;
  std::string text;
};

std::variant<Options, UsageAnswer> parse_options(int argc, const char* const* argv);

}  // namespace wayside
