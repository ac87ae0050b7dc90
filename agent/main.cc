#include <malloc.h>

#include <cstdio>

#include "agent/options.h"
#include "agent/run.h"

int main(int argc, char** argv) {
  // The few threads share two malloc arenas: memory stays small beside the observed service.
  mallopt(M_ARENA_MAX, 2);
  const auto parsed = wayside::parse_options(argc, argv);
  if (const auto* answer = std::get_if<wayside::UsageAnswer>(&parsed)) {
    std::fputs(answer->text.c_str(), answer->exit_code == 0 ? stdout : stderr);
    return answer->exit_code;
  }
  const auto& options = std::get<wayside::Options>(parsed);
  return options.command == wayside::Options::Command::check ? wayside::check(options.source)
                                                             : wayside::run(options.source);
}
