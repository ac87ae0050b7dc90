// What TLS and a password cost a scrape: one connection, one page, by a client on loopback. The
// client's side of a handshake, which costs more than the server's, is in it.
#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>
#include <vector>

#include "exporters/prometheus/endpoint.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_client.h"

namespace wayside {
namespace {

class Samples final : public SampleSource {
 public:
  explicit Samples(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      labels_.push_back("route=\"/api/students/:id/courses/" + std::to_string(i) + "\"");
    }
  }
  using SampleSource::visit;
  void visit(const Selection&, SampleSink& sink) const override {
    FamilyDesc desc;
    desc.name = "things_total";
    desc.kind = Kind::counter;
    desc.labels = {"route"};
    sink.family(desc);
    for (const std::string& labels : labels_) {
      const SampleView view{.labels = labels, .value = Value::of(std::uint64_t{1})};
      sink.samples({&view, 1});
    }
  }

 private:
  std::vector<std::string> labels_;
};

constexpr const char* kRequest =
    "GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Basic cHJvbTpzZWNyZXQ=\r\n\r\n";

struct Served {
  explicit Served(std::size_t series, bool tls, bool auth) : samples(series) {
    const auto server = ca.issue("server");
    PrometheusConfig config{.listen = "127.0.0.1:0"};
    if (tls) config.tls = TlsConfig{.cert = server.cert, .key = server.key};
    if (auth) {
      config.auth = AuthConfig{
          .users = {{"prom", "$2b$10$eoQC61vRrArp3HStcK.a/Ovp7OpSmpSt2InnwPWO.PEkQxxKrNegS"}}};
    }
    auto started = HttpEndpoint::start(config, {.samples = samples, .clock = clock, .log = log});
    endpoint = std::move(*started);
  }
  support::TempDir dir;
  support::Authority ca{dir.path(), "ca"};
  Samples samples;
  ManualClock clock;
  NullLog log;
  std::unique_ptr<HttpEndpoint> endpoint;
};

std::size_t scrape(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  (void)::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
  const std::string_view request = kRequest;
  (void)::send(fd, request.data(), request.size(), MSG_NOSIGNAL);
  std::size_t sum = 0;
  std::array<char, 16384> block{};
  for (ssize_t got = 1; got > 0; sum += static_cast<std::size_t>(got)) {
    got = ::recv(fd, block.data(), block.size(), 0);
    if (got < 0) break;
  }
  ::close(fd);
  return sum;
}

void plain(benchmark::State& state, bool auth) {
  const Served served(static_cast<std::size_t>(state.range(0)), false, auth);
  (void)scrape(served.endpoint->port());  // the first one hashes
  for (auto _ : state) benchmark::DoNotOptimize(scrape(served.endpoint->port()));
}

void within_tls(benchmark::State& state) {
  const Served served(static_cast<std::size_t>(state.range(0)), true, false);
  const support::TlsManner manner{.ca = served.ca.file()};
  for (auto _ : state) {
    support::TlsClient client(served.endpoint->port(), manner);
    client.send(kRequest);
    benchmark::DoNotOptimize(client.read_all());
  }
}

BENCHMARK_CAPTURE(plain, open, false)->Arg(1'000)->Arg(10'000)->UseRealTime();
BENCHMARK_CAPTURE(plain, password, true)->Arg(1'000)->Arg(10'000)->UseRealTime();
BENCHMARK(within_tls)->Arg(1'000)->Arg(10'000)->UseRealTime();

}  // namespace
}  // namespace wayside

BENCHMARK_MAIN();
