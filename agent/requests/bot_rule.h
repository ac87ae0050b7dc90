#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace wayside {

// The config's `ignore_bots`: user agents that name a crawler, a monitor, a scanner or a preview
// of links (docs/config.md lists the tokens). It remembers what became of the last agents, so that
// one that comes again costs a hash. One thread at a time.
class BotRule {
 public:
  // `seed` of the hash, so that no peer can choose agents that displace each other.
  explicit BotRule(std::uint64_t seed);
  ~BotRule();
  BotRule(const BotRule&) = delete;
  BotRule& operator=(const BotRule&) = delete;

  // Any bytes; of a long agent only the front is looked at. An empty one is no bot's.
  [[nodiscard]] bool matches(std::string_view user_agent);

 private:
  struct Seen {
    std::uint64_t hash = 0;  // of an agent never 0
    bool bot = false;
  };
  static constexpr std::size_t kRemembered = 1024;  // a power of two
  static constexpr std::size_t kMaxAgent = 512;     // bytes

  std::uint64_t seed_;
  std::unique_ptr<re2::RE2> tokens_;
  std::vector<Seen> seen_;
};

}  // namespace wayside
