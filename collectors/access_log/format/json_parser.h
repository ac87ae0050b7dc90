#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "collectors/access_log/format/json_keys.h"
#include "collectors/access_log/format/json_request.h"
#include "collectors/access_log/format/json_shapes.h"
#include "collectors/access_log/format/json_walk.h"
#include "collectors/access_log/format/line_format.h"

namespace wayside {

// How a parser comes to the values of a line: as fast as this processor can, as any processor can,
// or without what was learned of lines before. All give the same; a test sees to it.
enum class JsonWays : std::uint8_t { shapes_first, portable_shapes, walk_only };

// Reads lines of JSON objects, each a request or something else a service has to say.
class JsonParser final : public LineParser {
 public:
  JsonParser(std::shared_ptr<const JsonKeys> keys, JsonHabits habits,
             JsonWays ways = JsonWays::shapes_first);

  void parse(std::string_view block, RequestSink& sink, ParseCounts& counts) override;

  // How many requests came of which dialect so far.
  [[nodiscard]] std::uint64_t requests_of(JsonDialect dialect) const {
    return by_dialect_[static_cast<std::size_t>(dialect)];
  }

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kAttemptRoom = 256;

  // The values of the line at `p`; its end, or null where it is malformed.
  const char* find_values(const char* p);
  const char* walk(const char* p);
  void take_line(std::string_view line, ParseCounts& counts);
  void flush(RequestSink& sink);

  std::shared_ptr<const JsonKeys> keys_;
  JsonWalk walk_;
  JsonShapes shapes_;
  JsonRequests reader_;
  JsonWays ways_;
  JsonSlots slots_;
  JsonScratch scratch_;
  std::vector<JsonLeaf> leaves_;
  std::array<Request, kBatch> requests_{};
  std::array<Attempt, kAttemptRoom> attempts_{};
  std::size_t requests_used_ = 0;
  std::size_t attempts_used_ = 0;
  std::array<std::uint64_t, kJsonDialects> by_dialect_{};
};

}  // namespace wayside
