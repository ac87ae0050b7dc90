#include "collectors/access_log/format/json_format.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/format/json_parser.h"
#include "collectors/access_log/format/line_prefix.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {
namespace {

constexpr std::string_view kName = "json";

class JsonFormat final : public LineFormat {
 public:
  JsonFormat(std::shared_ptr<const JsonKeys> keys, JsonHabits habits, bool has_duration)
      : keys_(std::move(keys)), habits_(habits), has_duration_(has_duration), text_(kName) {
    const std::string_view dialect = to_string(habits.dialect);
    if (!dialect.empty()) text_.append(" ").append(dialect);
  }

  [[nodiscard]] std::string_view text() const override { return text_; }
  [[nodiscard]] std::string shown() const override {
    const std::string_view writer = shown_writer(habits_.dialect);
    return (writer.empty() ? "JSON lines" : "JSON lines as " + std::string(writer)) +
           " (durations without a unit are " + shown_unit() + ")";
  }
  [[nodiscard]] bool has_duration() const override { return has_duration_; }
  [[nodiscard]] std::string duration_advice() const override {
    return "log how long a request took, or name the key that tells it, as in "
           "`fields: {duration: took}`";
  }
  [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
    return std::make_unique<JsonParser>(keys_, habits_);
  }

 private:
  [[nodiscard]] std::string shown_unit() const {
    const bool given = habits_.unit != DurationUnit::unknown;
    return std::string(to_string(given ? habits_.unit : unit_of(habits_.dialect)));
  }

  std::shared_ptr<const JsonKeys> keys_;
  JsonHabits habits_;
  bool has_duration_;
  std::string text_;
};

class DurationsSeen final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override {
    requests_ += batch.size();
    durations_ = durations_ || std::any_of(batch.begin(), batch.end(), [](const Request& request) {
                   return request.total != kNoDuration;
                 });
  }
  [[nodiscard]] bool missing() const { return requests_ > 0 && !durations_; }

 private:
  std::size_t requests_ = 0;
  bool durations_ = false;
};

JsonDialect dialect_of_most(const JsonParser& parser) {
  JsonDialect most = JsonDialect::other;
  for (std::size_t i = 0; i < kJsonDialects; ++i) {
    const auto dialect = static_cast<JsonDialect>(i);
    if (parser.requests_of(dialect) > parser.requests_of(most)) most = dialect;
  }
  return most;
}

std::string_view without_cut_line(std::string_view text) {
  text = text.substr(0, kDetectBytes);
  const std::size_t end = text.rfind('\n');
  return end == std::string_view::npos ? std::string_view() : text.substr(0, end + 1);
}

}  // namespace

bool is_json_name(std::string_view configured) {
  return configured == kName || configured.starts_with("json ");
}

Result<FormatPtr> json_format_named(std::string_view configured, const FormatOptions& options) {
  JsonHabits habits{.unit = duration_unit_named(options.duration_unit)};
  configured.remove_prefix(std::min(kName.size() + 1, configured.size()));
  if (!configured.empty()) {
    habits.dialect = dialect_named(configured);
    if (habits.dialect == JsonDialect::other) {
      return Error{
          "json is written by nginx, caddy, traefik, envoy, apache, pino, bunyan, winston, "
          "morgan or python, or by itself for any of them"};
    }
  }
  return FormatPtr(
      std::make_shared<const JsonFormat>(std::make_shared<const JsonKeys>(options), habits, true));
}

bool are_json_lines(std::string_view first_lines) {
  std::size_t objects = 0;
  std::size_t lines = 0;
  std::string_view rest = without_cut_line(first_lines);
  while (!rest.empty() && lines < kDetectLines) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    ++lines;
    if (line[first] == '{' || supervisor_prefix_size(line) > 0) ++objects;
  }
  return objects > 0 && objects * 2 >= lines;  // a service may greet before its first request
}

Result<FormatPtr> json_format_told(std::string_view first_lines, const FormatOptions& options) {
  const std::string_view lines = without_cut_line(first_lines);
  std::string block(lines);
  block.resize(lines.size() + kReadableAfterBlock);
  auto keys = std::make_shared<const JsonKeys>(options);
  JsonHabits habits{.unit = duration_unit_named(options.duration_unit)};
  JsonParser parser(keys, habits);
  DurationsSeen seen;
  ParseCounts counts;
  parser.parse(std::string_view(block).substr(0, lines.size()), seen, counts);
  const auto at = [&counts](ParseProblem problem) {
    return counts.problems[static_cast<std::size_t>(problem)];
  };
  const std::uint64_t broken = at(ParseProblem::bad_json) + at(ParseProblem::no_match);
  if (broken * 2 > counts.lines) {
    return Error{"the first lines look like JSON, and most of them are broken"};
  }
  habits.dialect = dialect_of_most(parser);
  return FormatPtr(std::make_shared<const JsonFormat>(std::move(keys), habits, !seen.missing()));
}

}  // namespace wayside
