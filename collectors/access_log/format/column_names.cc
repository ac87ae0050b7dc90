#include "collectors/access_log/format/column_names.h"

#include <algorithm>
#include <optional>

#include "agent/core/request.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/time_columns.h"
#include "collectors/access_log/format/unit_columns.h"

namespace wayside {
namespace {

using Columns = std::vector<SampledColumn>;
using Looks = bool (*)(std::string_view);
using Place = std::optional<std::size_t>;

// Whether all values that are there look so, and one is.
bool all_look(const SampledColumn& column, Looks looks) {
  bool any = false;
  for (const std::string_view value : column.values) {
    if (is_absent(value)) continue;
    if (!looks(value)) return false;
    any = true;
  }
  return any;
}

bool all_absent(const SampledColumn& column) {
  return std::all_of(column.values.begin(), column.values.end(), is_absent);
}

bool all_are(const SampledColumn& column, std::string_view text) {
  return std::all_of(column.values.begin(), column.values.end(),
                     [text](std::string_view value) { return value == text; });
}

bool is_free(const SampledColumn& column) {
  return column.name.empty() && !column.literal && column.key.empty();
}

bool is_method(std::string_view value) {
  return method_from(value) != Method::other;
}

bool is_path(std::string_view value) {
  return value.front() == '/';
}

Place find_free(const Columns& columns, std::size_t from, Looks looks) {
  for (std::size_t i = from; i < columns.size(); ++i) {
    if (is_free(columns[i]) && all_look(columns[i], looks)) return i;
  }
  return std::nullopt;
}

struct KeyName {
  std::string_view key, name;
  Looks looks;
};

bool looks_like_anything(std::string_view value) {
  return !value.empty();
}

// Keys that people give to their columns, in lower case, and what the values must look like.
constexpr KeyName kKeys[] = {
    {"rt", "request_time", looks_like_seconds},
    {"request_time", "request_time", looks_like_seconds},
    {"reqtime", "request_time", looks_like_seconds},
    {"req_time", "request_time", looks_like_seconds},
    {"duration", "request_time", looks_like_seconds},
    {"response_time", "request_time", looks_like_seconds},
    {"urt", "upstream_response_time", looks_like_seconds_list},
    {"ut", "upstream_response_time", looks_like_seconds_list},
    {"upstream_response_time", "upstream_response_time", looks_like_seconds_list},
    {"upstream_time", "upstream_response_time", looks_like_seconds_list},
    {"upstream_rt", "upstream_response_time", looks_like_seconds_list},
    {"uct", "upstream_connect_time", looks_like_seconds_list},
    {"upstream_connect_time", "upstream_connect_time", looks_like_seconds_list},
    {"uht", "upstream_header_time", looks_like_seconds_list},
    {"upstream_header_time", "upstream_header_time", looks_like_seconds_list},
    {"us", "upstream_status", looks_like_statuses},
    {"ustatus", "upstream_status", looks_like_statuses},
    {"upstream_status", "upstream_status", looks_like_statuses},
    {"status", "status", looks_like_status},
    {"cs", "upstream_cache_status", looks_like_cache_status},
    {"ucs", "upstream_cache_status", looks_like_cache_status},
    {"cache", "upstream_cache_status", looks_like_cache_status},
    {"upstream_cache_status", "upstream_cache_status", looks_like_cache_status},
    {"rid", "request_id", looks_like_anything},
    {"reqid", "request_id", looks_like_anything},
    {"req_id", "request_id", looks_like_anything},
    {"request_id", "request_id", looks_like_anything},
    {"host", "host", looks_like_host},
    {"vhost", "host", looks_like_host},
    {"sn", "server_name", looks_like_host},
    {"server_name", "server_name", looks_like_host},
    {"xff", "http_x_forwarded_for", looks_like_addresses},
};

std::string lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
  return lowered;
}

// Whether values that look so are nothing else, whatever their key is.
Looks unmistakable(std::string_view name) {
  if (name == "upstream_addr") return looks_like_upstreams;
  return name == "upstream_cache_status" ? looks_like_cache_status : nullptr;
}

std::string key_of(std::string_view written) {
  return lower(written.substr(0, written.size() - 1));
}

// A request that no upstream answered has none of its values, and the key tells all the same.
void name_by_key(SampledColumn& column) {
  const std::string key = key_of(column.key);
  for (const KeyName& known : kKeys) {
    if (known.key != key) continue;
    if (all_look(column, known.looks) || all_absent(column)) column.name = known.name;
  }
  for (const std::string_view name : {"upstream_addr", "upstream_cache_status"}) {
    if (column.name.empty() && all_look(column, unmistakable(name))) column.name = name;
  }
}

void name_time(Columns& columns) {
  if (const Place place = find_free(columns, 0, looks_like_time_local)) {
    columns[*place].name = "time_local";
  } else if (const Place iso = find_free(columns, 0, looks_like_time_iso8601)) {
    columns[*iso].name = "time_iso8601";
  }
  if (const Place place = find_free(columns, 0, looks_like_msec)) columns[*place].name = "msec";
}

// Clients may send rubbish instead of a request, so that half of the lines decide.
Place name_request(Columns& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto& values = columns[i].values;
    const auto good = std::count_if(values.begin(), values.end(), looks_like_request);
    if (columns[i].shape != Column::Shape::quoted || !is_free(columns[i])) continue;
    if (good * 2 < static_cast<std::ptrdiff_t>(values.size())) continue;
    columns[i].name = "request";
    return i;
  }
  const Place method = find_free(columns, 0, is_method);
  const Place path = find_free(columns, method ? *method + 1 : 0, is_path);
  if (method) columns[*method].name = "request_method";
  if (path) columns[*path].name = "request_uri";
  return path ? path : method;
}

// The first status behind the request, and the bytes, which stand right behind it.
void name_status(Columns& columns, std::size_t request) {
  const Place status = find_free(columns, request + 1, looks_like_status);
  if (!status) return;
  columns[*status].name = "status";
  const std::size_t bytes = *status + 1;
  if (bytes >= columns.size() || !is_free(columns[bytes])) return;
  if (!all_look(columns[bytes], looks_like_number) && !all_are(columns[bytes], "-")) return;
  columns[bytes].name = "body_bytes_sent";
  const bool quoted = bytes + 2 < columns.size() &&
                      columns[bytes + 1].shape == Column::Shape::quoted &&
                      columns[bytes + 2].shape == Column::Shape::quoted;
  if (!quoted || !is_free(columns[bytes + 1]) || !is_free(columns[bytes + 2])) return;
  const auto& referers = columns[bytes + 1].values;
  const bool referer = std::all_of(referers.begin(), referers.end(), [](std::string_view value) {
    return is_absent(value) || value.find('/') != std::string_view::npos;
  });
  if (!referer) return;
  columns[bytes + 1].name = "http_referer";
  columns[bytes + 2].name = "http_user_agent";
}

// Those in front of the time: a host perhaps, the client, "-" and the user.
void name_front(Columns& columns) {
  const auto time = std::find_if(columns.begin(), columns.end(), [](const SampledColumn& column) {
    return column.name.starts_with("time_");
  });
  const auto front = static_cast<std::size_t>(time - columns.begin());
  if (front == columns.size() || front == 0) return;
  Place client = find_free(columns, 0, looks_like_addresses);
  if (client && *client >= front) client.reset();
  if (!client && front == 3 && is_free(columns[0])) client = 0;
  if (!client) return;
  const auto& values = columns[*client].values;
  const bool list = std::any_of(values.begin(), values.end(), [](std::string_view value) {
    return value.find(',') != std::string_view::npos;
  });
  columns[*client].name = list ? "http_x_forwarded_for" : "remote_addr";
  if (*client == 1 && is_free(columns[0]) && all_look(columns[0], looks_like_host)) {
    columns[0].name = "host";
  }
  if (*client + 3 != front) return;
  columns[*client + 1].literal = all_are(columns[*client + 1], "-");
  if (is_free(columns[*client + 2])) columns[*client + 2].name = "remote_user";
}

void name_first(Columns& columns, std::string_view name, Looks looks) {
  const bool taken =
      std::any_of(columns.begin(), columns.end(),
                  [name](const SampledColumn& column) { return column.name == name; });
  if (taken) return;
  if (const Place place = find_free(columns, 0, looks)) columns[*place].name = name;
}

// Statuses behind an upstream's address are the upstream's.
void name_upstream_status(Columns& columns) {
  const auto address =
      std::find_if(columns.begin(), columns.end(),
                   [](const SampledColumn& column) { return column.name == "upstream_addr"; });
  if (address == columns.end()) return;
  const auto from = static_cast<std::size_t>(address - columns.begin()) + 1;
  if (const Place place = find_free(columns, from, looks_like_statuses)) {
    columns[*place].name = "upstream_status";
  }
}

void name_forwarded(Columns& columns, std::size_t from) {
  for (std::size_t i = from; i < columns.size(); ++i) {
    SampledColumn& column = columns[i];
    if (!is_free(column) || column.shape != Column::Shape::quoted) continue;
    if (all_look(column, looks_like_addresses)) {
      column.name = "http_x_forwarded_for";
      return;
    }
  }
}

// What people call the address of an upstream may be a user agent elsewhere, which a value tells;
// where there is none yet, other columns of upstreams do.
void name_absent_upstream(Columns& columns) {
  const bool upstreams =
      std::any_of(columns.begin(), columns.end(), [](const SampledColumn& column) {
        return !column.key.empty() && column.name.starts_with("upstream_");
      });
  if (!upstreams) return;
  for (SampledColumn& column : columns) {
    if (column.key.empty() || !column.name.empty() || !all_absent(column)) continue;
    const std::string key = key_of(column.key);
    if (key == "ua" || key == "upstream" || key == "upstream_addr") column.name = "upstream_addr";
  }
}

// A bar or another sign between columns.
void find_literals(Columns& columns) {
  for (SampledColumn& column : columns) {
    const std::string_view text = column.values.front();
    const bool sign = column.shape == Column::Shape::plain && !text.empty() && text != "-" &&
                      text.find_first_not_of("|-/~#;:,") == std::string_view::npos;
    column.literal = sign && column.key.empty() && all_are(column, text);
  }
}

}  // namespace

void name_columns(std::vector<SampledColumn>& columns) {
  find_literals(columns);
  name_millis_columns(columns);
  for (SampledColumn& column : columns) {
    if (!column.key.empty() && column.name.empty()) name_by_key(column);
  }
  name_absent_upstream(columns);
  name_time(columns);
  const Place request = name_request(columns);
  name_front(columns);
  if (!request) return;
  name_status(columns, *request);
  name_first(columns, "upstream_addr", looks_like_upstreams);
  name_upstream_status(columns);
  name_first(columns, "upstream_cache_status", looks_like_cache_status);
  name_first(columns, "request_id", looks_like_request_id);
  name_first(columns, "pipe", looks_like_pipe);
  name_forwarded(columns, *request + 1);
  name_time_columns(columns);
}

bool is_duration_key(std::string_view key) {
  const std::string plain = key_of(key);
  return std::any_of(std::begin(kKeys), std::end(kKeys), [&plain](const KeyName& known) {
    return known.key == plain && known.name == "request_time";
  });
}

}  // namespace wayside
