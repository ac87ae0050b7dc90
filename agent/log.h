#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "agent/core/config_map.h"
#include "agent/core/environment.h"
#include "agent/core/event_text.h"
#include "agent/core/line_output.h"
#include "agent/core/log.h"
#include "agent/core/result.h"

namespace wayside {

// The config's `log`: what the agent says about itself, and where.
struct LogConfig {
  using Format = OutputFormat;
  Level level = Level::info;  // and above
  Format format = Format::automatic;
  std::string file = "-";  // "-" is stderr; anything else is appended to
};

// Reads the keys `level` (debug, info, warn, error), `format` (auto, json, text) and `file`.
// Whoever opened the map finishes it.
LogConfig read_log_config(ConfigMap& map);

// The agent's own log. Written at once and by the caller, so that the last line before a crash is
// there; a full disk, or a pipe that stays full for a tenth of a second, loses the line, and the
// next one that gets through says how many were lost. Its process ignores SIGPIPE. Thread-safe.
class AgentLog final : public Log {
 public:
  // Fails, saying why, where the file cannot be opened. `clock` outlives the log.
  static Result<std::unique_ptr<AgentLog>> open(const LogConfig& config, const Clock& clock,
                                                const GetEnv& env = process_env);

  void write(Level level, std::string_view message) override;

  // Takes another level, format and file, or opens the same file anew after it was rotated.
  // Where it cannot be opened all stays as it was.
  Result<void> reopen(const LogConfig& config);

 private:
  AgentLog(const LogConfig& config, const Clock& clock, bool colour_allowed, LineOutput output);
  [[nodiscard]] std::string line(Level level, std::string_view message) const;

  const Clock& clock_;
  const bool colour_allowed_;
  std::mutex mutex_;
  LogConfig config_;
  LineOutput output_;
  std::uint64_t lost_ = 0;
};

}  // namespace wayside
