// The endpoint on a network, as docs/network.md has it: TLS, certificates, passwords and tokens,
// scraped by a real Prometheus.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

// "secret", by htpasswd -nBC 10.
constexpr std::string_view kHash = "$2b$10$eoQC61vRrArp3HStcK.a/Ovp7OpSmpSt2InnwPWO.PEkQxxKrNegS";
const std::string kToken = "7a1f9e0c5b3d48d2a6c1e5f708923b4d";

class Network : public testing::Test {
 protected:
  void SetUp() override {
    support::write_file(dir_ / "token", kToken + "\n");
    agent_.secure(
        ", tls: {cert: server.pem, key: server.key, client_ca: ca.pem}, auth: {users: "
        "{prometheus: \"" +
            std::string(kHash) +
            "\"}, bearer_token: {file: token}, "
            "open_paths: [/-/healthy, /-/ready]}",
        {.ca = ca_.file(), .identity = client_}, bearer(kToken));
    agent_.configure("service: api\n");
    ASSERT_TRUE(agent_.start());
  }
  static support::HttpHeaders bearer(const std::string& token) {
    return {{"Authorization", "Bearer " + token}};
  }
  [[nodiscard]] int status(const std::string& target, const support::HttpHeaders& headers) const {
    return support::https_get(agent_.port(), {ca_.file(), client_}, target, headers).status;
  }
  [[nodiscard]] std::string job(const std::string& name, const std::string& credentials) const {
    return "  - job_name: " + name +
           "\n    scheme: https\n    tls_config:\n      ca_file: " + ca_.file().string() +
           "\n      cert_file: " + client_.cert.string() +
           "\n      key_file: " + client_.key.string() + "\n" + credentials +
           "    static_configs: [{targets: ['" + agent_.listen() + "']}]\n";
  }

  support::TempDir dir_;
  support::Authority ca_{dir_.path(), "ca"};
  support::Identity server_ = ca_.issue("server");
  support::Identity client_ = ca_.issue("client");
  Agent agent_{dir_.path()};
};

TEST_F(Network, PrometheusScrapesWithACertificateAndAPasswordOrAToken) {
  support::write_file(dir_ / "password", "secret");
  const std::string password =
      "    basic_auth: {username: prometheus, password_file: " + (dir_ / "password").string() +
      "}\n";
  const std::string token =
      "    authorization: {credentials_file: " + (dir_ / "token").string() + "}\n";
  const std::string wrong = "    authorization: {credentials: not-the-token}\n";
  Prometheus prometheus(dir_.path(),
                        job("password", password) + job("token", token) + job("wrong", wrong));
  ASSERT_TRUE(prometheus.start());
  const support::PrometheusApi api(prometheus.port());
  EXPECT_TRUE(support::wait_until([&] {
    return api.value("up{job=\"password\"}") == 1 && api.value("up{job=\"token\"}") == 1 &&
           api.value("up{job=\"wrong\"}") == 0;
  }));
  EXPECT_EQ(api.value("min(min_over_time(up{job!=\"wrong\"}[1m]))"), 1) << "from the first one on";
  const auto page = agent_.page();
  EXPECT_GT(page.sum("wayside_http_auth_failures_total", {{"reason", "wrong"}}), 0);
  EXPECT_EQ(page.sum("wayside_http_tls_failures_total"), 0);
}

TEST_F(Network, WhatIsSecretIsInNoOutput) {
  EXPECT_EQ(status("/metrics", bearer("hunter2-hunter2-hunter2")), 401);
  EXPECT_EQ(status("/metrics", bearer(kToken)), 200);
  const std::string page = agent_.get("/metrics").body + agent_.get("/api/problems").body;
  for (const std::string& secret : {kToken, std::string(kHash), std::string("hunter2")}) {
    EXPECT_THAT(agent_.output() + page, Not(HasSubstr(secret)));
  }
}

TEST_F(Network, AnotherTokenHoldsAfterAReload) {
  const std::string next = "0123456789abcdef0123456789abcdef";
  support::write_file(dir_ / "token", next + "\n");
  EXPECT_EQ(status("/metrics", bearer(kToken)), 200) << "a file alone is read at a reload";
  agent_.signal(SIGHUP);
  EXPECT_TRUE(support::wait_until([&] { return status("/metrics", bearer(next)) == 200; }));
  EXPECT_EQ(status("/metrics", bearer(kToken)), 401);
}

TEST_F(Network, AReloadGoesFromTlsToPlainAndBack) {
  const auto reload = [&](const std::string& settings) {
    support::write_file(agent_.config_file(), "exporters:\n  prometheus: {listen: \"" +
                                                  agent_.listen() + "\"" + settings + "}\n");
    agent_.signal(SIGHUP);
  };
  reload("");
  EXPECT_TRUE(support::wait_until(
      [&] { return support::http_get(agent_.port(), "/metrics").status == 200; }));
  reload(", tls: {cert: server.pem, key: client.key}");
  EXPECT_TRUE(support::wait_until(
      [&] { return agent_.output().find("is not the key") != std::string::npos; }));
  EXPECT_EQ(support::http_get(agent_.port(), "/metrics").status, 200) << "the one before";
  reload(", tls: {cert: server.pem, key: server.key}");
  EXPECT_TRUE(support::wait_until([&] { return status("/metrics", {}) == 200; }));
}

TEST_F(Network, ARenewedCertificateIsTakenByItself) {
  const auto expiry = [&] {
    return agent_.page().sum("wayside_http_certificate_expiry_timestamp_seconds");
  };
  const double before = expiry();
  const support::Identity renewed = ca_.issue("renewed", 20);
  std::filesystem::rename(renewed.key, server_.key);
  std::filesystem::rename(renewed.cert, server_.cert);
  EXPECT_TRUE(support::wait_until([&] { return expiry() > before + 86'400; }));
  EXPECT_THAT(agent_.output(), HasSubstr("the certificate was read anew"));
}

TEST(NetworkStart, AnAddressOpenToAllIsWarnedOfOnce) {
  support::TempDir dir;
  Agent agent(dir.path());
  const std::string all = "0.0.0.0:" + std::to_string(agent.port());
  ASSERT_TRUE(agent.start({"run", "--listen", all}));
  const std::string output = agent.output();
  EXPECT_THAT(output, HasSubstr("open to   everyone"));
  const std::string warning = "asks nobody who they are";
  EXPECT_THAT(output, HasSubstr(warning));
  EXPECT_EQ(output.find(warning), output.rfind(warning));
}

TEST(NetworkStart, AKeyThatDoesNotFitIsRefusedByCheckAndAtStart) {
  support::TempDir dir;
  const support::Authority ca(dir.path(), "ca");
  (void)ca.issue("server");
  (void)ca.issue("other");
  const auto file = dir.file("w.yaml",
                             "exporters:\n  prometheus:\n    listen: 127.0.0.1:0\n"
                             "    tls: {cert: server.pem, key: other.key}\n");
  for (const auto& words : {std::vector<std::string>{wayside_binary(), "check", file},
                            std::vector<std::string>{wayside_binary(), "run", "--config", file}}) {
    const auto finished = support::run(words);
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr("w.yaml:4:34: exporters.prometheus.tls.key: the file "
                                           "is not the key of the certificate"));
  }
}

TEST(NetworkStart, CheckWarnsOfWhatLetsOthersInAndStillPasses) {
  support::TempDir dir;
  const support::Authority ca(dir.path(), "ca");
  const support::Identity server = ca.issue("server");
  std::filesystem::permissions(server.key, std::filesystem::perms(0644));
  const auto check = [&dir](const std::string& section) {
    const auto file = dir.file("w.yaml", "exporters:\n  prometheus: " + section + "\n");
    const auto finished = support::run({wayside_binary(), "check", file});
    EXPECT_EQ(finished.code, 0) << finished.errors;
    return finished.output;
  };
  EXPECT_THAT(check("{listen: \":0\"}"), HasSubstr("warning prometheus: :0 can be reached from"));
  const std::string auth = "auth: {bearer_token: abcdefghijklmnop}";
  EXPECT_THAT(check("{listen: \"0.0.0.0:0\", " + auth + "}"), HasSubstr("in the clear"));
  const std::string tls = "tls: {cert: server.pem, key: server.key}";
  const std::string open_key = check("{listen: \"0.0.0.0:0\", " + auth + ", " + tls + "}");
  EXPECT_THAT(open_key, HasSubstr("warning prometheus: tls: the private key is open to others"));
  EXPECT_THAT(open_key, Not(HasSubstr("in the clear")));
  EXPECT_THAT(check("{listen: \"127.0.0.1:0\"}"), Not(HasSubstr("warning")));
}

}  // namespace
}  // namespace wayside::e2e
