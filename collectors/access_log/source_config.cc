#include "collectors/access_log/source_config.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "collectors/access_log/source/journal_feed.h"
#include "collectors/access_log/source/listen_point.h"

namespace wayside {
namespace {

void read_path(ConfigMap& map, AccessLogConfig& config) {
  auto path = map.text("path");
  if (!path) return;
  if (path->empty()) {
    map.problem("path", "is empty; it is a file or a glob, as in /var/log/nginx/access*.log");
  } else if (path->back() == '/') {
    map.problem("path", "names a directory; it is a file or a glob, as in " + *path + "*.log");
  } else if (path->find('\0') != std::string::npos) {
    map.problem("path", "holds a zero byte");
  }
  config.path = std::move(*path);
}

void read_wrapper(ConfigMap& map, AccessLogConfig& config) {
  const auto wrapper = map.choice("wrapper", {"auto", "none", "docker", "cri"});
  if (!wrapper) return;
  if (!map.has("path")) map.problem("wrapper", "is of lines in files; leave it out here");
  config.wrapper = static_cast<Wrapper>(*wrapper);
}

void read_listen(ConfigMap& map, AccessLogConfig& config) {
  auto listen = map.text("listen");
  if (!listen) return;
  if (auto point = parse_listen_point(*listen); !point) {
    map.problem("listen", point.error().message);
  }
  if (map.has("start_at")) map.problem("start_at", "means nothing to a socket; leave it out");
  config.listen = std::move(*listen);
}

bool is_unit(std::string_view unit) {
  constexpr std::string_view kOthers = ":_.\\@-";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kOthers.find(c) != std::string_view::npos;
  };
  return !unit.empty() && unit.size() <= 255 && std::all_of(unit.begin(), unit.end(), allowed);
}

void read_journal(ConfigMap& map, AccessLogConfig& config) {
  const auto units = map.text_or_texts("journal");
  for (const auto& unit : units) {
    if (!is_unit(unit)) {
      map.problem("journal", "\"" + unit + "\" is no unit; name one such as nginx.service");
    }
    config.journal.push_back(unit_name(unit));
  }
  if (map.has("journal") && units.empty()) {
    map.problem("journal", "names no unit; name one such as nginx.service");
  }
  auto directory = map.text("journal_dir");
  if (!directory) return;
  if (!map.has("journal")) map.problem("journal_dir", "wants a `journal` beside it");
  config.journal_dir = std::move(*directory);
}

}  // namespace

std::string AccessLogConfig::name() const {
  if (!path.empty()) return path;
  if (!listen.empty()) return listen;
  return JournalSource{.units = journal, .directory = journal_dir}.name();
}

void read_source(ConfigMap& map, AccessLogConfig& config) {
  std::string_view second;
  int given = 0;
  for (const std::string_view key : {"path", "listen", "journal"}) {
    if (!map.has(key)) continue;
    if (++given > 1) second = key;
  }
  if (given > 1) {
    map.problem(second, "one entry has one source: a path, a listen or a journal");
  }
  if (given == 0) map.require("path");
  read_path(map, config);
  read_listen(map, config);
  read_journal(map, config);
  read_wrapper(map, config);
}

}  // namespace wayside
