#include "exporters/prometheus/endpoint.h"

#include <chrono>

#include "exporters/prometheus/http/lobby.h"
#include "exporters/prometheus/http/shield_keeper.h"
#include "exporters/prometheus/http/workers.h"
#include "exporters/prometheus/warnings.h"

namespace wayside {

struct HttpEndpoint::Impl {
  Impl(const ListenAddress& at, Fd listener, EndpointContext context, const HttpLimits& limits)
      : address(at),
        pages(std::move(context)),
        shields(tally, pages.context().log),
        witness(pages.context()),
        lobby(std::move(listener),
              {tally, witness, pages.context().log, shields.shields(), limits}),
        workers({pages, witness, tally, shields.shields(), limits,
                 [this](Fd socket) { lobby.linger(std::move(socket)); }}) {
    address.port = local_port(lobby.listener());
  }

  [[nodiscard]] Exposure exposure() const {
    const Shield shield = shields.shields().get();
    return {.loopback = is_bound_to_loopback(lobby.listener()),
            .asks = shield.guard || (shield.tls && shield.tls->config().requires_client_cert()),
            .encrypted = shield.tls != nullptr,
            .has_secrets = shield.guard != nullptr};
  }

  // Tells of an exposed endpoint when it comes to be one.
  void put_up(ShieldKeeper::Ready ready) {
    shields.put_up(std::move(ready));
    const std::string told = std::exchange(warning, exposure_warning(exposure()));
    if (warning.empty() || warning == told) return;
    pages.context().log.write(Level::warn, "http: " + address.text() + " " + warning);
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
  ShieldKeeper shields;
  std::string warning;  // of its exposure
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
  auto shield = impl->shields.make(config);
  if (!shield) return shield.error();
  impl->put_up(std::move(*shield));
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
  return (impl_->shields.shields().get().tls ? "https://" : "http://") + seen.text();
}

bool HttpEndpoint::is_exposed() const {
  return impl_->exposure().is_open();
}

Result<std::function<void()>> HttpEndpoint::prepare(const PrometheusConfig& config) {
  auto made = impl_->shields.make(config);
  if (!made) return made.error();
  return std::function<void()>([this, ready = std::move(*made)] { impl_->put_up(ready); });
}

void HttpEndpoint::tick() {
  impl_->shields.look(std::chrono::steady_clock::now());
}

std::shared_ptr<prometheus::Collectable> HttpEndpoint::telemetry() const {
  return impl_->tally.registry();
}

}  // namespace wayside
