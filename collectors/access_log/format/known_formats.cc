#include "collectors/access_log/format/known_formats.h"

#include <algorithm>
#include <string>
#include <vector>

#include "collectors/access_log/format/apache_format.h"
#include "collectors/access_log/format/colours.h"
#include "collectors/access_log/format/format_parts.h"
#include "collectors/access_log/format/gunicorn_format.h"
#include "collectors/access_log/format/haproxy_format.h"
#include "collectors/access_log/format/line_prefix.h"
#include "collectors/access_log/format/morgan_format.h"
#include "collectors/access_log/format/text_format.h"
#include "collectors/access_log/format/trial.h"
#include "collectors/access_log/format/uvicorn_format.h"

namespace wayside {
namespace {

// A program that writes logs. Whether a text is a format of its, told by its placeholders: the
// first that takes it is the one.
struct Family {
  bool (*takes)(std::string_view text);
  Result<FormatParts> (*split)(std::string_view text);
  std::string_view writer, advice;
};

bool is_never_written_out(std::string_view /*text*/) {
  return false;
}

constexpr Family kUvicorn = {is_never_written_out, split_uvicorn_format, "uvicorn's",
                             "uvicorn's log has none; read that of a proxy in front of it"};
constexpr Family kGunicorn = {is_gunicorn_format, split_gunicorn_format, "the access_log_format",
                              "add %(D)s to gunicorn's access_log_format"};
constexpr Family kHaproxy = {is_haproxy_format, split_haproxy_format, "the log-format",
                             "add %Ta to HAProxy's log-format"};
constexpr Family kApache = {is_apache_format, split_apache_format, "the LogFormat",
                            "add %D to Apache's LogFormat"};
constexpr Family kMorgan = {is_morgan_format, split_morgan_format, "the morgan format",
                            "add :response-time ms to morgan's format"};

constexpr const Family* kFamilies[] = {&kGunicorn, &kHaproxy, &kApache, &kMorgan};

struct KnownFormat {
  std::string_view name;
  const Family* family;
  std::string_view text;
  bool unlike = false;  // any other: lines that it reads are of it
};

constexpr KnownFormat kFormats[] = {
    {"haproxy", &kHaproxy,
     "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc "
     "%sq/%bq %hr %hs %{+Q}r",
     true},
    {"haproxy_clf", &kHaproxy,
     "%{+Q}o %{-Q}ci - - [%trg] %r %ST %B \"\" \"\" %cp %ms %ft %b %s %TR %Tw %Tc %Tr %Ta %tsc "
     "%ac %fc %bc %sc %rc %sq %bq %CC %CS %hrl %hsl",
     true},
    {"uvicorn", &kUvicorn, "", true},
    {"gunicorn", &kGunicorn, "%(h)s %(l)s %(u)s %(t)s \"%(r)s\" %(s)s %(b)s \"%(f)s\" \"%(a)s\"",
     false},
    {"vhost_common", &kApache, "%v %h %l %u %t \"%r\" %>s %b", false},
    {"vhost_combined", &kApache,
     "%v:%p %h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\"", false},
    {"morgan:dev", &kMorgan, ":method :url :status :response-time ms - :res[content-length]", true},
    {"morgan:short", &kMorgan,
     ":remote-addr :remote-user :method :url HTTP/:http-version :status :res[content-length] - "
     ":response-time ms",
     true},
    {"morgan:tiny", &kMorgan, ":method :url :status :res[content-length] - :response-time ms",
     true},
    {"morgan:common", &kMorgan,
     ":remote-addr - :remote-user [:date[clf]] \":method :url HTTP/:http-version\" :status "
     ":res[content-length]",
     false},
    {"morgan:combined", &kMorgan,
     ":remote-addr - :remote-user [:date[clf]] \":method :url HTTP/:http-version\" :status "
     ":res[content-length] \":referrer\" \":user-agent\"",
     false},
    {"morgan:default", &kMorgan,
     ":remote-addr - :remote-user [:date] \":method :url HTTP/:http-version\" :status "
     ":res[content-length] \":referrer\" \":user-agent\"",
     true},
};

const KnownFormat* find_name(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kFormats), std::end(kFormats),
                   [name](const KnownFormat& format) { return format.name == name; });
  return found == std::end(kFormats) ? nullptr : found;
}

// Dollars are nginx's.
const Family* find_family(std::string_view text) {
  if (text.find('$') != std::string_view::npos) return nullptr;
  for (const Family* family : kFamilies) {
    if (family->takes(text)) return family;
  }
  return nullptr;
}

Result<LogFormat> compile(const Family& family, std::string_view text,
                          const FormatOptions& options) {
  auto parts = family.split(text);
  if (!parts) return parts.error();
  return compile_parts(std::move(*parts), options);
}

Result<FormatPtr> make_format(const Family& family, std::string_view name, LogFormat format) {
  return text_format(std::move(format), {.name = std::string(name),
                                         .writer = std::string(family.writer),
                                         .advice = std::string(family.advice)});
}

// Half of the lines have to be requests: a service says other things, too, as it starts.
bool reads_half(const LineFormat& format, const std::vector<std::string_view>& lines) {
  const Trial trial = try_lines(*format.parser(), lines);
  return trial.requests > 0 && trial.requests >= trial.unread;
}

// gunicorn's requests are combined lines where its logger put nothing in front. Then what else it
// says tells of it.
bool has_logger_lines(const std::vector<std::string_view>& lines) {
  return std::any_of(lines.begin(), lines.end(), has_logger_prefix);
}

const KnownFormat* told_by(std::string_view first_lines) {
  const auto lines = cut_lines(first_lines);
  const auto requests = lines_with_requests(lines);
  const bool logged = has_logger_lines(lines);
  for (const KnownFormat& known : kFormats) {
    if (!known.unlike && !(logged && known.family == &kGunicorn)) continue;
    auto compiled = compile(*known.family, known.text, {});
    if (!compiled) continue;
    auto format = make_format(*known.family, known.name, std::move(*compiled));
    if (!format) continue;
    if (reads_half(**format, lines) || reads_half(**format, requests)) return &known;
  }
  return nullptr;
}

}  // namespace

bool is_known_format(std::string_view configured) {
  return find_name(configured) != nullptr || find_family(configured) != nullptr;
}

std::vector<std::string> known_format_names() {
  std::vector<std::string> names;
  for (const KnownFormat& format : kFormats) names.emplace_back(format.name);
  return names;
}

Result<FormatPtr> known_format(std::string_view configured, const FormatOptions& options) {
  const KnownFormat* const known = find_name(configured);
  const Family* const family = known != nullptr ? known->family : find_family(configured);
  if (family == nullptr) return Error{"no such format"};
  auto format = compile(*family, known != nullptr ? known->text : configured, options);
  if (!format) return format.error();
  if (auto named = require_who(*format, options); !named) return named.error();
  return make_format(*family, known != nullptr ? known->name : "", std::move(*format));
}

bool looks_known(std::string_view first_lines) {
  return told_by(first_lines) != nullptr;
}

Result<FormatPtr> tell_known_format(std::string_view first_lines, const FormatOptions& options) {
  const KnownFormat* const known = told_by(first_lines);
  if (known == nullptr) return Error{"the first lines do not tell their format"};
  auto format = compile(*known->family, known->text, options);
  if (!format) return format.error();
  return make_format(*known->family, known->name, std::move(*format));
}

Result<void> require_who(const LogFormat& format, const FormatOptions& options) {
  if (options.who.empty() || format.names_who()) return {};
  return Error{"the format has no " + options.who + ", which is to tell whose a request is"};
}

}  // namespace wayside
