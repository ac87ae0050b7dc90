// Where lines come from besides plain files: nginx's syslog, pipes, standard input, the logs of
// containers. Every line is counted once, through reloads as well.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <random>
#include <thread>

#include "tests/e2e/stand.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;

constexpr auto kCount = "http_server_request_duration_seconds_count";

std::string line(int id) {
  return "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET /api/students/" + std::to_string(id) +
         "?q=%26 HTTP/1.1\" 200 612 \"-\" \"curl/7.88.1\" 0.012 0.011";
}

class Sources : public testing::Test {
 protected:
  // Whether the agent counts so many requests of a service, and no more a moment later.
  void expect_requests(double count, const std::string& service = "api") {
    const support::Labels of{{"service_name", service}};
    EXPECT_TRUE(support::wait_until([&] { return agent_.page().sum(kCount, of) >= count; }))
        << agent_.page().sum(kCount, of) << " of " << count << "\n"
        << agent_.output();
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    EXPECT_EQ(agent_.page().sum(kCount, of), count) << service;
    EXPECT_EQ(agent_.page().sum("wayside_parse_errors_total"), 0);
  }
  void reload() { EXPECT_EQ(support::http_post(agent_.port(), "/-/reload").status, 200); }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
};

class SyslogSources : public Sources {
 protected:
  [[nodiscard]] std::string socket() const { return dir_ / "syslog.sock"; }
  // An agent that takes nginx's lines at both kinds of sockets, for a service each.
  void start() {
    const std::string format = "      format: '" + Nginx::kFormat + "'\n";
    agent_.configure(
        "collectors:\n  access_log:\n    - listen: udp://127.0.0.1:" + std::to_string(udp_) +
        "\n      service: by-udp\n" + "    - listen: unixgram://" + socket() +
        "\n      service: by-unix\n" + format);
    ASSERT_TRUE(agent_.start());
    nginx_.log_to("syslog:server=127.0.0.1:" + std::to_string(udp_) + ",tag=edge,nohostname");
    nginx_.log_to("syslog:server=unix:" + socket());
    ASSERT_TRUE(nginx_.start());
    // The request that found nginx up is logged as well, a moment later.
    ASSERT_TRUE(support::wait_until([&] { return !read_truth(nginx_.truth()).empty(); }));
  }
  // The requests of both services, as nginx's own log has them.
  void expect_agreement(const std::vector<Truth>& truth) {
    const auto expected = request_counts(truth);
    for (const std::string service : {"by-udp", "by-unix"}) {
      expect_requests(static_cast<double>(truth.size()), service);
      auto counted =
          support::by_labels(agent_.page().find(kCount, {{"service_name", service}}),
                             {"http_request_method", "http_route", "http_response_status_code"});
      EXPECT_EQ(counted, expected) << service;
    }
  }

  Upstream steady_{false};
  Upstream failing_{true};
  std::uint16_t udp_ = support::free_port();
  Nginx nginx_{dir_.path(), steady_.port(), failing_.port()};
};

TEST_F(SyslogSources, NginxIsReadOverUdpAndAUnixSocketToTheRequest) {
  start();
  const auto requests = plan(400);
  // A Unix socket holds ten messages by the kernel's default, and nginx drops what finds no room:
  // no more than that are ever under way.
  constexpr std::size_t kUnderWay = 8;
  std::size_t sent = read_truth(nginx_.truth()).size();
  for (std::size_t at = 0; at < requests.size(); at += kUnderWay) {
    const auto end = std::min(requests.size(), at + kUnderWay);
    const std::vector<Planned> some(requests.begin() + static_cast<std::ptrdiff_t>(at),
                                    requests.begin() + static_cast<std::ptrdiff_t>(end));
    ASSERT_EQ(send(nginx_.port(), some, 1), 0U);
    sent += some.size();
    ASSERT_TRUE(support::wait_until([&] {
      return agent_.page().sum(kCount, {{"service_name", "by-unix"}}) >= static_cast<double>(sent);
    })) << at;
    if (at == requests.size() / 2 / kUnderWay * kUnderWay) reload();
  }
  const auto truth = read_truth(nginx_.truth());
  ASSERT_EQ(truth.size(), sent);
  expect_agreement(truth);
  EXPECT_EQ(agent_.page().sum("wayside_source_lost_messages_total"), 0);
  EXPECT_THAT(agent_.output(), HasSubstr("edge: recognised as"));
  EXPECT_EQ(agent_.stop(), 0);
  EXPECT_FALSE(std::filesystem::exists(socket())) << "its file goes with the agent";
}

TEST_F(SyslogSources, UnderLoadUdpIsReadToTheRequest) {
  start();
  constexpr std::size_t kRequests = 4000;
  EXPECT_EQ(send(nginx_.port(), plan(kRequests), 8), 0U);
  EXPECT_TRUE(support::wait_until([&] { return read_truth(nginx_.truth()).size() > kRequests; }));
  const auto truth = read_truth(nginx_.truth());
  const double lost = agent_.page().sum("wayside_source_lost_messages_total");
  EXPECT_EQ(lost, 0) << "the machine was too slow for it";
  expect_requests(static_cast<double>(truth.size()) - lost, "by-udp");
}

class PipeSource : public Sources {
 protected:
  void start() {
    ASSERT_EQ(::mkfifo(pipe().c_str(), 0600), 0);
    agent_.configure("service: api\ncollectors:\n  access_log: [{path: " + pipe() + "}]\n");
    ASSERT_TRUE(agent_.start());
  }
  [[nodiscard]] std::string pipe() const { return dir_ / "access.pipe"; }
  // Opened, written to and closed, as a program does that is started anew.
  void write(const std::string& text) const {
    const int fd = ::open(pipe().c_str(), O_WRONLY | O_CLOEXEC);
    ASSERT_GE(fd, 0);
    for (std::size_t at = 0; at < text.size();) {
      const auto n = ::write(fd, text.data() + at, text.size() - at);
      ASSERT_GT(n, 0);
      at += static_cast<std::size_t>(n);
    }
    ::close(fd);
  }
};

TEST_F(PipeSource, WritersComeAndGoAndReloadsLoseNothing) {
  start();
  std::atomic<bool> done{false};
  std::thread reloading([&] {
    while (!done) {
      reload();
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
  });
  constexpr int kWrites = 300;
  constexpr int kLinesEach = 40;
  for (int i = 0; i < kWrites; ++i) {
    std::string text;
    for (int k = 0; k < kLinesEach; ++k) text += line(i * kLinesEach + k) + "\n";
    write(text);
  }
  done = true;
  reloading.join();
  expect_requests(kWrites * kLinesEach);
}

TEST_F(Sources, StandardInputIsReadToItsEnd) {
  constexpr int kLines = 20'000;
  std::string text;
  for (int i = 0; i < kLines; ++i) text += line(i) + "\n";
  text.pop_back();
  agent_.feed(dir_.file("input", text));
  ASSERT_TRUE(
      agent_.start({"run", "--listen", agent_.listen(), "--access-log", "-", "--service", "api"}));
  expect_requests(kLines);
  EXPECT_THAT(agent_.output(), HasSubstr("standard input has ended"));
  EXPECT_EQ(agent_.get("/-/healthy").status, 200) << "the agent goes on";
}

// Lines in a container engine's wrapper, some of them cut.
std::string container_log(bool docker, int lines) {
  const std::string time = "2026-11-23T22:31:31.123456789Z";
  std::mt19937 random(5);
  const auto wrapped = [&](std::string text, bool part, bool error) {
    const std::string stream = error ? "stderr" : "stdout";
    if (!docker) return time + " " + stream + (part ? " P " : " F ") + text + "\n";
    std::string escaped;
    for (const char c : text) {
      if (c == '"') escaped += '\\';
      c == '&' ? escaped += "\\u0026" : escaped += c;
    }
    return R"({"log":")" + escaped + (part ? "" : "\\n") + R"(","stream":")" + stream +
           R"(","time":")" + time + "\"}\n";
  };
  std::string log;
  for (int i = 0; i < lines; ++i) {
    std::string text = line(i);
    const bool error = random() % 2 == 0;
    while (random() % 4 == 0 && text.size() > 1) {
      const auto size = 1 + random() % (text.size() - 1);
      log += wrapped(text.substr(0, size), true, error);
      text.erase(0, size);
    }
    log += wrapped(text, false, error);
  }
  return log;
}

TEST_F(Sources, ContainersLogsAreReadThroughReloadsInPiecesOfAnySize) {
  constexpr int kLines = 5'000;
  agent_.configure("collectors:\n  access_log:\n    - {path: " + (dir_ / "docker*.log").string() +
                   ", service: docker}\n    - {path: " + (dir_ / "cri*.log").string() +
                   ", service: cri, wrapper: cri}\n");
  ASSERT_TRUE(agent_.start());
  std::mt19937 random(3);
  for (const bool docker : {true, false}) {
    const auto log = container_log(docker, kLines);
    const auto path = dir_ / (docker ? "docker-json.log" : "cri.log");
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ASSERT_GE(fd, 0);
    for (std::size_t at = 0; at < log.size();) {
      const auto size = std::min<std::size_t>(log.size() - at, 1 + random() % 20'000);
      ASSERT_EQ(::write(fd, log.data() + at, size), static_cast<ssize_t>(size));
      at += size;
      if (random() % 8 == 0) reload();
    }
    ::close(fd);
    expect_requests(kLines, docker ? "docker" : "cri");
  }
}

}  // namespace
}  // namespace wayside::e2e
