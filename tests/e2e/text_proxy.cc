#include <httplib.h>

#include <thread>

#include "tests/e2e/servers.h"
#include "tests/support/http.h"

namespace wayside::e2e {

struct TextProxy::Impl {
  httplib::Server server;
  std::thread thread;
};

TextProxy::TextProxy(std::uint16_t agent) : impl_(std::make_unique<Impl>()) {
  auto& server = impl_->server;
  server.Get("/metrics", [agent](const httplib::Request&, httplib::Response& response) {
    const support::HttpHeaders accept = {{"Accept", "text/plain; version=0.0.4"}};
    const auto reply = support::http_get(agent, "/metrics", accept);
    response.status = reply.status;
    response.set_content(reply.body, reply.headers.at("content-type"));
  });
  port_ = static_cast<std::uint16_t>(server.bind_to_any_port("127.0.0.1"));
  impl_->thread = std::thread([&server] { server.listen_after_bind(); });
}

TextProxy::~TextProxy() {
  while (!impl_->server.is_running()) std::this_thread::yield();
  impl_->server.stop();
  impl_->thread.join();
}

}  // namespace wayside::e2e
