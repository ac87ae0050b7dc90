// The input is a log of JSON lines. Every line is a request, a counted problem or of no request;
// all that a request points at lies in bounds; and all ways to read a line say the same.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "collectors/access_log/format/json_parser.h"
#include "collectors/access_log/format/scan.h"

namespace {

// What was read, as one number.
class SummingSink final : public wayside::RequestSink {
 public:
  void on(std::span<const wayside::Request> batch) override {
    for (const wayside::Request& request : batch) add(request);
  }
  std::uint64_t requests = 0;
  std::uint64_t sum = 0;

 private:
  void add(const wayside::Request& request) {
    ++requests;
    for (const std::string_view text :
         {request.path, request.client, request.host, request.request_id, request.trace_id,
          request.cache_status, request.who, request.user_agent, request.route_given}) {
      add(text);
    }
    if (request.status >= 1000) std::abort();
    add(request.total);
    add(static_cast<std::uint64_t>(request.ended.time_since_epoch().count()));
    add(request.bytes + request.status + static_cast<std::uint64_t>(request.method) +
        (request.stream ? 1 : 0));
    for (const wayside::Attempt& attempt : request.attempts) {
      add(attempt.address);
      add(attempt.status);
      add(attempt.duration);
    }
  }
  void add(wayside::Micros duration) {
    if (duration != wayside::kNoDuration && duration.count() < 0) std::abort();
    add(static_cast<std::uint64_t>(duration.count()));
  }
  void add(std::uint64_t value) { sum = (sum ^ value) * 1'099'511'628'211U; }
  void add(std::string_view text) {
    for (const char c : text) add(std::uint64_t{static_cast<unsigned char>(c)});
    add(text.size());
  }
};

const std::shared_ptr<const wayside::JsonKeys>& keys() {
  static const auto keys = std::make_shared<const wayside::JsonKeys>(
      wayside::FormatOptions{.who = "req.headers.x-tenant", .fields = {}, .duration_unit = {}});
  return keys;
}

struct Read {
  SummingSink sink;
  wayside::ParseCounts counts;
};

Read read(std::string_view block, wayside::JsonWays ways) {
  Read read;
  wayside::JsonParser parser(keys(), {}, ways);
  parser.parse(block, read.sink, read.counts);
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  text = text.substr(0, text.rfind('\n') + 1);  // whole lines
  const auto buffer = std::make_unique<char[]>(text.size() + wayside::kReadableAfterBlock);
  std::memcpy(buffer.get(), text.data(), text.size());
  const std::string_view block(buffer.get(), text.size());
  const Read by_shapes = read(block, wayside::JsonWays::shapes_first);
  const Read by_walk = read(block, wayside::JsonWays::walk_only);
  const Read portable = read(block, wayside::JsonWays::portable_shapes);
  if (by_shapes.sink.sum != by_walk.sink.sum) std::abort();
  if (portable.sink.sum != by_walk.sink.sum) std::abort();
  if (by_shapes.counts.problems != by_walk.counts.problems) std::abort();
  std::uint64_t all = by_shapes.sink.requests + by_shapes.counts.others;
  for (const std::uint64_t count : by_shapes.counts.problems) all += count;
  if (all != by_shapes.counts.lines) std::abort();
  return 0;
}
