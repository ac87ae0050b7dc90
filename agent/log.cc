#include "agent/log.h"

#include <unistd.h>

#include <iterator>
#include <utility>
#include <vector>

namespace wayside {

namespace {

constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error"};

Result<LineOutput> open_output(const LogConfig& config) {
  auto output = LineOutput::open(config.file, STDERR_FILENO);
  if (!output) return output.error().in("log");
  return output;
}

bool wants_text(OutputFormat format, bool terminal) {
  return format == OutputFormat::text || (format == OutputFormat::automatic && terminal);
}

}  // namespace

LogConfig read_log_config(ConfigMap& map) {
  LogConfig config;
  if (const auto level = map.choice("level", {std::begin(kLevels), std::end(kLevels)})) {
    config.level = static_cast<Level>(*level);
  }
  if (const auto format =
          map.choice("format", {std::begin(kOutputFormats), std::end(kOutputFormats)})) {
    config.format = static_cast<OutputFormat>(*format);
  }
  if (auto file = map.text("file")) {
    if (file->empty()) map.problem("file", R"(a path is wanted, or "-" for stderr)");
    config.file = std::move(*file);
  }
  return config;
}

Result<std::unique_ptr<AgentLog>> AgentLog::open(const LogConfig& config, const Clock& clock,
                                                 const GetEnv& env) {
  auto output = open_output(config);
  if (!output) return output.error();
  return std::unique_ptr<AgentLog>(
      new AgentLog(config, clock, colour_wanted(env), std::move(*output)));
}

AgentLog::AgentLog(const LogConfig& config, const Clock& clock, bool colour_allowed,
                   LineOutput output)
    : clock_(clock), colour_allowed_(colour_allowed), config_(config), output_(std::move(output)) {}

void AgentLog::write(Level level, std::string_view message) {
  const std::scoped_lock lock(mutex_);
  if (level < config_.level) return;
  // A pipe that is full costs the caller one wait, not one for each line.
  bool patient = lost_ == 0;
  const auto put = [&](const std::string& text) {
    return output_.write(text, [&] { return std::exchange(patient, false); }).ok();
  };
  if (lost_ > 0) {
    const auto note = "lines of this log lost here: " + std::to_string(lost_);
    if (put(line(Level::warn, note))) lost_ = 0;
  }
  if (lost_ > 0 || !put(line(level, message))) ++lost_;
}

std::string AgentLog::line(Level level, std::string_view message) const {
  const Event event{
      .at = clock_.wall(), .level = level, .name = {}, .message = std::string(message)};
  const bool terminal = output_.is_terminal();
  return wants_text(config_.format, terminal) ? text_line(event, terminal && colour_allowed_)
                                              : json_line(event);
}

Result<void> AgentLog::reopen(const LogConfig& config) {
  auto output = open_output(config);
  if (!output) return output.error();
  const std::scoped_lock lock(mutex_);
  config_ = config;
  output_ = std::move(*output);
  return {};
}

}  // namespace wayside
