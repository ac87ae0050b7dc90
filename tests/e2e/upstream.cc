#include <httplib.h>

#include <thread>

#include "tests/e2e/servers.h"

namespace wayside::e2e {
namespace {

int number(const httplib::Request& request, const char* name, int otherwise) {
  const auto text = request.get_param_value(name);
  return text.empty() ? otherwise : std::stoi(text);
}

void answer(const httplib::Request& request, httplib::Response& response, bool fails) {
  std::this_thread::sleep_for(std::chrono::milliseconds{number(request, "ms", 0)});
  response.status = number(request, "status", 200);
  if (fails && request.path.starts_with("/api/unsteady")) response.status = 502;
  if (response.status != 204 && response.status != 304) response.set_content("{}", "text/plain");
}

}  // namespace

struct Upstream::Impl {
  httplib::Server server;
  std::thread thread;
};

Upstream::Upstream(bool fails) : impl_(std::make_unique<Impl>()) {
  auto& server = impl_->server;
  server.new_task_queue = [] { return new httplib::ThreadPool(32); };
  server.set_pre_routing_handler([fails](const auto& request, auto& response) {
    answer(request, response, fails);
    return httplib::Server::HandlerResponse::Handled;
  });
  port_ = static_cast<std::uint16_t>(server.bind_to_any_port("127.0.0.1"));
  impl_->thread = std::thread([&server] { server.listen_after_bind(); });
}

Upstream::~Upstream() {
  while (!impl_->server.is_running()) std::this_thread::yield();
  impl_->server.stop();
  impl_->thread.join();
}

}  // namespace wayside::e2e
