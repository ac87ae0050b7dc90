#include "collectors/access_log/format/detect.h"

#include <algorithm>
#include <map>
#include <memory>

#include "collectors/access_log/format/column_names.h"
#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/format/trial.h"

namespace wayside {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::string_view kUnnamed = "column_";
constexpr std::string_view kUnnamedList = "upstream_column_";

bool are_json(const Lines& lines) {
  const auto braces = std::count_if(lines.begin(), lines.end(), [](std::string_view line) {
    return line.substr(std::min(line.find_first_not_of(' '), line.size())).starts_with('{');
  });
  return braces * 2 > static_cast<std::ptrdiff_t>(lines.size());
}

// The columns of those lines that are built as most of them are.
std::vector<SampledColumn> sample_columns(const Lines& lines) {
  std::map<std::string, std::vector<std::vector<Column>>> alike;
  std::size_t most = 0;
  for (const std::string_view line : lines) {
    auto columns = split_columns(line);
    auto& group = alike[signature(columns)];
    group.push_back(std::move(columns));
    most = std::max(most, group.size());
  }
  const auto best = std::find_if(alike.begin(), alike.end(),
                                 [most](const auto& group) { return group.second.size() == most; });
  std::vector<SampledColumn> sampled;
  for (const Column& column : best->second.front()) {
    sampled.push_back({.shape = column.shape,
                       .before = column.before,
                       .key = column.key,
                       .values = {},
                       .name = {},
                       .literal = false});
  }
  for (const auto& columns : best->second) {
    for (std::size_t i = 0; i < columns.size(); ++i) sampled[i].values.push_back(columns[i].value);
  }
  return sampled;
}

// A name for a column that no one reads. Those of nginx's upstream variables may hold lists, and
// what is absent so far may be one.
std::string name_of_unknown(const SampledColumn& column, std::size_t index) {
  const bool list =
      std::any_of(column.values.begin(), column.values.end(), [](std::string_view value) {
        return is_absent(value) || value.find(", ") != std::string_view::npos ||
               looks_like_seconds_list(value);
      });
  return std::string(list ? kUnnamedList : kUnnamed) + std::to_string(index + 1);
}

std::string write_format(const std::vector<SampledColumn>& columns) {
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const SampledColumn& column = columns[i];
    text.append(column.before).append(column.key);
    if (column.literal) {
      text += column.values.front();
      continue;
    }
    const std::string name = column.name.empty() ? name_of_unknown(column, i) : column.name;
    if (column.shape == Column::Shape::quoted) text += '"';
    if (column.shape == Column::Shape::bracketed) text += '[';
    text += column.unit.empty() ? "$" + name : "${" + name + "}" + std::string(column.unit);
    if (column.shape == Column::Shape::quoted) text += '"';
    if (column.shape == Column::Shape::bracketed) text += ']';
  }
  return text;
}

// Whether the format reads nearly all lines: nine of ten, and one of few may be broken.
bool reads(const LogFormat& format, const Lines& lines) {
  AccessLogParser parser(std::make_shared<const LogFormat>(format));
  const Trial trial = try_lines(parser, lines);
  return trial.unread <= std::max<std::uint64_t>(trial.lines / 10, trial.lines >= 4 ? 1 : 0);
}

bool has(const std::vector<SampledColumn>& columns, std::string_view name) {
  return std::any_of(columns.begin(), columns.end(),
                     [name](const SampledColumn& column) { return column.name == name; });
}

Error cannot_tell(const std::string& why) {
  return Error{"the first lines do not tell their format: " + why +
               "; give it as `format:`, by a name of docs/config.md or as the configuration of "
               "whatever writes them has it"};
}

}  // namespace

std::size_t count_unnamed(std::string_view format_text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = format_text.find('$', at)) != std::string_view::npos;) {
    const std::string_view name = format_text.substr(++at);
    if (name.starts_with(kUnnamed) || name.starts_with(kUnnamedList)) ++count;
  }
  return count;
}

Result<LogFormat> detect_log_format(std::string_view first_lines, const FormatOptions& options) {
  const Lines lines = lines_with_requests(cut_lines(first_lines));
  if (lines.empty()) return cannot_tell("there is no whole line");
  if (are_json(lines)) return Error{"the lines are JSON, which no log_format describes"};
  auto columns = sample_columns(lines);
  if (columns.empty()) return cannot_tell("they are blank");
  name_columns(columns);
  if (!has(columns, "request") && !has(columns, "request_uri")) {
    return cannot_tell("no column looks like \"GET /path HTTP/1.1\"");
  }
  if (!has(columns, "status")) return cannot_tell("no column looks like a status");
  auto format = compile_log_format(write_format(columns), options);
  if (!format) return cannot_tell(format.error().message);
  if (!reads(*format, lines)) {
    return cannot_tell("they are not built alike; most fit " + std::string(format->text()));
  }
  return format;
}

}  // namespace wayside
