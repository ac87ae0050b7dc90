// User agents and paths from hostile hands, judged by the rules for what is ignored.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "agent/requests/bot_rule.h"
#include "agent/requests/ignore_rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static wayside::BotRule bots(1);
  static const wayside::IgnoreRule rule(
      std::vector<std::string>{"health", "static", "*/x*y", "/a*"});
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const bool bot = bots.matches(input);
  if (bots.matches(input) != bot) std::abort();
  const std::size_t which = rule.match(input);
  if (which != wayside::IgnoreRule::kNone && which > 3) std::abort();
  return 0;
}
