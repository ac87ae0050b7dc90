#include "collectors/access_log/format/time_columns.h"

#include <algorithm>

#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/upstream_list.h"

namespace wayside {
namespace {

// The columns of one kind, and the longest time of each in each line.
struct Times {
  SampledColumn* column = nullptr;
  std::vector<Micros> longest;  // kNoDuration where the line has none
  bool upstream = false;        // has lists or absent values: never $request_time
};

constexpr Micros kClockStep{2'000};  // nginx takes the two times by clocks that tick apart

bool holds_seconds(const SampledColumn& column) {
  if (!column.name.empty() || column.literal || !column.key.empty()) return false;
  bool any = false;
  for (const std::string_view value : column.values) {
    if (is_absent(value)) continue;
    if (!looks_like_seconds_list(value) || looks_like_msec(value)) return false;
    any = true;
  }
  return any;
}

Times read_times(SampledColumn& column) {
  Times times;
  times.column = &column;
  for (const std::string_view value : column.values) {
    Micros longest = kNoDuration;
    UpstreamList list(value);
    for (std::string_view element; list.next(element);) {
      const auto duration = parse_decimal_micros(element, kMaxDurationDigits);
      if (duration) longest = std::max(longest, *duration);
    }
    times.longest.push_back(longest);
    times.upstream = times.upstream || !looks_like_seconds(value);
  }
  return times;
}

// Whether `a` is nowhere shorter than `b`.
bool covers(const Times& a, const Times& b) {
  for (std::size_t i = 0; i < a.longest.size(); ++i) {
    if (b.longest[i] == kNoDuration) continue;
    if (a.longest[i] == kNoDuration || a.longest[i] + kClockStep < b.longest[i]) return false;
  }
  return true;
}

// The first column that covers all the others and may be the request's; null where none does.
Times* find_covering(std::vector<Times>& all, bool upstream_allowed) {
  for (Times& one : all) {
    if (one.upstream && !upstream_allowed) continue;
    const bool covering = std::all_of(all.begin(), all.end(), [&one](const Times& other) {
      return &one == &other || covers(one, other);
    });
    if (covering) return &one;
  }
  return nullptr;
}

Times* find_request(std::vector<Times>& all) {
  if (Times* covering = find_covering(all, false)) return covering;
  const auto first =
      std::find_if(all.begin(), all.end(), [](const Times& one) { return !one.upstream; });
  return first != all.end() && all.size() <= 2 ? &*first : nullptr;
}

// Of several upstream times the answer's is the one that covers the others and is covered by none.
Times* find_upstream(std::vector<Times>& all) {
  Times* const covering = find_covering(all, true);
  if (covering == nullptr) return nullptr;
  const bool alone = std::none_of(all.begin(), all.end(), [covering](const Times& other) {
    return &other != covering && covers(other, *covering);
  });
  return alone ? covering : nullptr;
}

}  // namespace

void name_time_columns(std::vector<SampledColumn>& columns) {
  const auto taken = [&columns](std::string_view name) {
    return std::any_of(columns.begin(), columns.end(),
                       [name](const SampledColumn& column) { return column.name == name; });
  };
  std::vector<Times> all;
  for (SampledColumn& column : columns) {
    if (holds_seconds(column)) all.push_back(read_times(column));
  }
  if (!taken("request_time") && !taken("request_time_ms")) {
    if (Times* request = find_request(all)) {
      request->column->name = "request_time";
      all.erase(all.begin() + (request - all.data()));
    }
  }
  if (!taken("upstream_response_time")) {
    if (Times* upstream = find_upstream(all)) upstream->column->name = "upstream_response_time";
  }
}

}  // namespace wayside
