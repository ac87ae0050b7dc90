#include "collectors/access_log/format/formats.h"

#include <array>

#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/format/json_format.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/text_format.h"

namespace wayside {
namespace {

Result<FormatPtr> as_text(Result<LogFormat> compiled) {
  if (!compiled) return compiled.error();
  return text_format(std::move(*compiled));
}

Result<FormatPtr> nginx_named(std::string_view configured, const FormatOptions& /*options*/) {
  return as_text(compile_log_format(configured));
}

Result<FormatPtr> nginx_told(std::string_view first_lines, const FormatOptions& /*options*/) {
  return as_text(detect_log_format(first_lines));
}

// The first that `takes` a text is the one to compile it. The last takes any.
struct Named {
  bool (*takes)(std::string_view configured);
  Result<FormatPtr> (*compile)(std::string_view configured, const FormatOptions& options);
};
constexpr std::array kNamed = {
    Named{is_json_name, json_format_named},
    Named{[](std::string_view) { return true; }, nginx_named},
};

// The first that takes the lines is the one to tell their format. The last takes any.
struct Told {
  bool (*takes)(std::string_view first_lines);
  Result<FormatPtr> (*tell)(std::string_view first_lines, const FormatOptions& options);
};
constexpr std::array kTold = {
    Told{are_json_lines, json_format_told},
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
