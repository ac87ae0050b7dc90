// Bytes as a connection would send them: the head's scanner and parser, then the whole answer
// over a transport in memory.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "exporters/prometheus/http/head.h"
#include "exporters/prometheus/http/responder.h"

namespace wayside {
namespace {

class MemoryTransport final : public Transport {
 public:
  explicit MemoryTransport(std::string_view input) : input_(input) {}
  std::size_t read(char* to, std::size_t size) override {
    const std::size_t got = input_.copy(to, size);
    input_.remove_prefix(got);
    return got;
  }
  bool write(std::string_view bytes) override {
    output_ += bytes;
    return true;
  }
  [[nodiscard]] bool writable() const override { return true; }
  [[nodiscard]] const std::string& output() const { return output_; }

 private:
  std::string_view input_;
  std::string output_;
};

class OneSample final : public SampleSource {
 public:
  void visit(const Selection&, SampleSink& sink) const override {
    FamilyDesc desc;
    desc.name = "one_total";
    desc.kind = Kind::counter;
    sink.family(desc);
    const SampleView view{.value = Value::of(std::uint64_t{1})};
    sink.samples({&view, 1});
  }
};

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::string_view kToken = "0123456789abcdef";

std::shared_ptr<Guard> guard() {
  auto made = Guard::create({.bearer_tokens = {std::string(kToken)}, .open_paths = {"/-/healthy"}});
  require(made.ok());
  return *made;
}

void answer(std::string_view input) {
  static const HttpLimits limits;
  static const OneSample samples;
  static const ManualClock clock;
  static NullLog log;
  static Pages pages(
      {.samples = samples, .reload = [] { return Result<void>(); }, .clock = clock, .log = log});
  static Tally tally;
  static const ShieldHolder open{Shield{}};
  static Responder responder({pages, open, tally, limits});
  static const ShieldHolder shut{Shield{nullptr, guard()}};
  static Responder guarded({pages, shut, tally, limits});

  HeadScanner scanner;
  if (scanner.scan(input.substr(0, limits.head_bytes)) != HeadScanner::State::complete) return;
  RequestHead head;
  if (parse_head(input.substr(0, scanner.end()), limits, head)) return;
  const std::string_view after = input.substr(scanner.end());
  const std::string_view rest = after.substr(0, std::min<std::size_t>(after.size(), 100));
  MemoryTransport transport(after.substr(rest.size()));
  const Answer given = responder.answer(head, rest, {"192.0.2.1"}, transport);

  // Every request that was read is answered once, and as what it is.
  require(given.status >= 200 && given.status < 600);
  require(transport.output().starts_with("HTTP/1.1 " + std::to_string(given.status) + " "));
  require(given.status != 200 || !given.route.empty());
  const std::size_t end = transport.output().find("\r\n\r\n");
  require(end != std::string::npos);
  require(head.method != "HEAD" || end + 4 == transport.output().size());

  // Nothing but what is open is told to who has no token, whatever the path looks like.
  MemoryTransport again(after.substr(rest.size()));
  const Answer judged = guarded.answer(head, rest, {"192.0.2.1"}, again);
  require(judged.status == 400 || judged.status == 401 || judged.status == 429 ||
          judged.route == "/-/healthy" || head.authorization.ends_with(kToken));
}

}  // namespace
}  // namespace wayside

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wayside::answer({reinterpret_cast<const char*>(data), size});
  return 0;
}
