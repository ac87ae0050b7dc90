#include "exporters/prometheus/endpoint.h"

#include "exporters/prometheus/http/lobby.h"
#include "exporters/prometheus/http/workers.h"

namespace wayside {

struct HttpEndpoint::Impl {
  Impl(const ListenAddress& at, Fd listener, EndpointContext context, const HttpLimits& limits)
      : address(at),
        pages(std::move(context)),
        witness(pages.context()),
        lobby(std::move(listener), {tally, witness, pages.context().log, limits}),
        workers({pages, witness, tally, limits,
                 [this](Fd socket) { lobby.linger(std::move(socket)); }}) {
    address.port = local_port(lobby.listener());
  }

  // The lobby feeds the workers and the workers hand back to the lobby: first nothing comes in,
  // then what is inside ends.
  ~Impl() {
    lobby.close();
    workers.stop();
  }

  ListenAddress address;
  Pages pages;
  Tally tally;
  Witness witness;
  Lobby lobby;
  Workers workers;
};

Result<std::unique_ptr<HttpEndpoint>> HttpEndpoint::start(const PrometheusConfig& config,
                                                          EndpointContext context,
                                                          const HttpLimits& limits) {
  const auto address = parse_listen(config.listen);
  if (!address) return address.error();
  auto listener = listen_on(*address);
  if (!listener) return listener.error();
  auto impl = std::make_unique<Impl>(*address, std::move(*listener), std::move(context), limits);
  if (const auto started = impl->workers.start(); !started) return started.error();
  if (const auto opened = impl->lobby.open(impl->workers); !opened) return opened.error();
  return std::unique_ptr<HttpEndpoint>(new HttpEndpoint(std::move(impl)));
}

HttpEndpoint::HttpEndpoint(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpEndpoint::~HttpEndpoint() = default;

int HttpEndpoint::port() const {
  return impl_->address.port;
}

std::string HttpEndpoint::url() const {
  ListenAddress seen = impl_->address;
  if (seen.host.empty() || seen.host == "0.0.0.0") seen.host = "127.0.0.1";
  if (seen.host == "::") seen.host = "::1";
  return "http://" + seen.text();
}

std::shared_ptr<prometheus::Collectable> HttpEndpoint::telemetry() const {
  return impl_->tally.registry();
}

}  // namespace wayside
