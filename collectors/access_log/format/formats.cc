#include "collectors/access_log/format/formats.h"

#include <array>
#include <string>
#include <vector>

#include "agent/core/nearest_key.h"
#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/format/json_format.h"
#include "collectors/access_log/format/known_formats.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/text_format.h"

namespace wayside {
namespace {

// nginx's formats, and the two that every server writes.
Result<FormatPtr> as_text(Result<LogFormat> compiled, bool told) {
  if (!compiled) return compiled.error();
  FormatWords words{
      .name = {}, .writer = "the log_format", .advice = "add $request_time to nginx's log_format"};
  if (told) words.unnamed = count_unnamed(compiled->text());
  if (words.unnamed.value_or(0) > 0) {
    words.advice =
        "where one of its columns is one, give the format as `format:`; else " + words.advice;
  }
  for (const std::string_view name : {"common", "combined"}) {
    const auto known = compile_log_format(name);
    if (known && known->text() == compiled->text()) words.name = name;
  }
  return text_format(std::move(*compiled), std::move(words));
}

Result<FormatPtr> nginx_named(std::string_view configured, const FormatOptions& options) {
  auto compiled = compile_log_format(configured, options);
  if (!compiled) return compiled.error();
  if (auto named = require_who(*compiled, options); !named) return named.error();
  return as_text(std::move(compiled), false);
}

Result<FormatPtr> nginx_told(std::string_view first_lines, const FormatOptions& options) {
  return as_text(detect_log_format(first_lines, options), true);
}

bool is_nginx_name(std::string_view configured) {
  return configured == "common" || configured == "combined";
}

// One word without a placeholder, which names no format and writes none out.
bool is_bare_word(std::string_view configured) {
  constexpr std::string_view kOfWords =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-:.";
  return configured.find_first_not_of(kOfWords) == std::string_view::npos;
}

Result<FormatPtr> no_such_name(std::string_view configured, const FormatOptions& /*options*/) {
  std::vector<std::string> names = known_format_names();
  names.insert(names.begin(), {"auto", "json", "common", "combined"});
  std::string text = "no format is called \"" + std::string(configured) + "\"";
  if (const auto meant = nearest_key(configured, names)) {
    return Error{text + "; did you mean \"" + std::string(*meant) + "\"?"};
  }
  text += "; there are";
  for (const std::string& name : names) text += (name == names.front() ? " " : ", ") + name;
  return Error{text + ", and formats written out"};
}

// The first that `takes` a text is the one to compile it. The last takes any.
struct Named {
  bool (*takes)(std::string_view configured);
  Result<FormatPtr> (*compile)(std::string_view configured, const FormatOptions& options);
};
constexpr std::array kNamed = {
    Named{is_json_name, json_format_named},
    Named{is_known_format, known_format},
    Named{is_nginx_name, nginx_named},
    Named{is_bare_word, no_such_name},
    Named{[](std::string_view) { return true; }, nginx_named},
};

// The first that takes the lines is the one to tell their format. The last takes any.
struct Told {
  bool (*takes)(std::string_view first_lines);
  Result<FormatPtr> (*tell)(std::string_view first_lines, const FormatOptions& options);
};
constexpr std::array kTold = {
    Told{are_json_lines, json_format_told},
    Told{looks_known, tell_known_format},
    Told{[](std::string_view) { return true; }, nginx_told},
};

}  // namespace

Result<FormatPtr> named_format(std::string_view configured, const FormatOptions& options) {
  for (const Named& row : kNamed) {
    if (row.takes(configured)) return row.compile(configured, options);
  }
  return Error{"no such format"};
}

Result<FormatPtr> tell_format(std::string_view first_lines, const FormatOptions& options) {
  for (const Told& row : kTold) {
    if (row.takes(first_lines)) return row.tell(first_lines, options);
  }
  return Error{"no such format"};
}

}  // namespace wayside
