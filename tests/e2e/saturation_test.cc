// A service that falls behind, seen by the agent beside it: what its slow requests tell of it.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <ctime>
#include <string>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "tests/e2e/agent_process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

FileDescriptor tcp_socket() {
  return FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

sockaddr_in loopback(int port) {
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_port = htons(static_cast<std::uint16_t>(port));
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return at;
}

// A service that has clients and accepts none of them.
class StuckService {
 public:
  explicit StuckService(int clients) {
    sockaddr_in at = loopback(0);
    socklen_t size = sizeof at;
    auto* const address = reinterpret_cast<sockaddr*>(&at);
    EXPECT_EQ(::bind(listener_.get(), address, size), 0);
    EXPECT_EQ(::listen(listener_.get(), 16), 0);
    EXPECT_EQ(::getsockname(listener_.get(), address, &size), 0);
    port_ = ntohs(at.sin_port);
    for (int i = 0; i < clients; ++i) {
      clients_.push_back(tcp_socket());
      EXPECT_EQ(::connect(clients_.back().get(), address, size), 0);
    }
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  FileDescriptor listener_ = tcp_socket();
  std::vector<FileDescriptor> clients_;
  int port_ = 0;
};

// The share of the last ten seconds that somebody waited, where this kernel tells it.
void expect_pressure(const nlohmann::json& context, const std::string& resource) {
  const std::string fact = "pressure_" + resource + "_10s";
  const bool kernel_tells = !support::read_file("/proc/pressure/" + resource).empty();
  ASSERT_EQ(context.contains(fact), kernel_tells) << context;
  if (!kernel_tells) return;
  EXPECT_GE(context[fact].get<double>(), 0) << context;
  EXPECT_LE(context[fact].get<double>(), 1) << context;
}

// The agent is a child of the service here, and listens as well.
TEST(Saturation, SlowRequestsKnowWhatTheirServiceUsesAndWhoWaits) {
  const StuckService service(3);
  const support::TempDir dir;
  const std::string log = dir.file("access.log", "").string();
  Agent agent(dir.path());
  agent.configure("service: api\ncollectors:\n  host: {}\n  processes: {name: api, ports: " +
                  std::to_string(service.port()) +
                  ", children: false}\n  access_log: {path: " + log +
                  ", start_at: beginning, format: '$msec \"$request\" $status $request_time'}\n");
  ASSERT_TRUE(agent.start());
  std::string lines;
  const auto request_was_told = [&] {
    lines += std::to_string(std::time(nullptr)) + ".000 \"GET /report HTTP/1.1\" 200 3.200\n";
    support::write_file(log, lines);
    for (const auto& event : agent.events("slow_request")) {
      const auto& known = event["context"];
      if (known.contains("service_cpu_cores") && known.contains("cpu_share")) return true;
    }
    return false;
  };
  ASSERT_TRUE(support::wait_until(request_was_told, support::kPatience, std::chrono::seconds{1}))
      << agent.output();
  const auto context = agent.events("slow_request").back()["context"];
  EXPECT_EQ(context.value("accept_backlog", -1.0), 3) << context;
  EXPECT_EQ(context.value("accept_backlog_max_15s", -1.0), 3) << context;
  EXPECT_GT(context.value("service_memory_bytes", 0.0), 0) << context;
  EXPECT_GE(context.value("service_cpu_cores", -1.0), 0) << context;
  EXPECT_GE(context.value("workers_busy", -1.0), 0) << context;
  EXPECT_GE(context.value("cpu_share", -1.0), 0) << context;
  EXPECT_GT(context.value("memory_available_bytes", 0.0), 0) << context;
  for (const std::string resource : {"cpu", "memory", "io"}) {
    expect_pressure(context, resource);
  }
  const auto page = agent.page();
  EXPECT_EQ(page.sum("wayside_accept_backlog"), 3);
  EXPECT_EQ(page.sum("wayside_accept_backlog_limit"), 16);
}

}  // namespace
}  // namespace wayside::e2e
