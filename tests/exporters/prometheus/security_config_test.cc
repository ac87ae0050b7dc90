// exporters.prometheus.tls and .auth, and all that can be wrong with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exporters/prometheus/config.h"
#include "tests/exporters/prometheus/passwords.h"
#include "tests/support/certificates.h"
#include "tests/support/temp_dir.h"

namespace wayside::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SecurityConfig : public testing::Test {
 protected:
  PrometheusConfig read(std::string_view yaml) {
    ConfigContext context;
    context.file = (dir_ / "wayside.yaml").string();
    PrometheusConfig config;
    read_config(yaml, context, [&](ConfigMap& map) { config = read_prometheus_config(map); });
    problems_.clear();
    for (const ConfigProblem& problem : context.problems) {
      problems_.push_back(std::to_string(problem.line) + ": " + problem.message);
    }
    return config;
  }

  support::TempDir dir_;
  support::Authority ca_{dir_.path(), "ca"};
  support::Identity server_ = ca_.issue("server");
  support::Identity other_ = ca_.issue("other");
  std::vector<std::string> problems_;
};

TEST_F(SecurityConfig, TlsTakesPathsFromTheConfigsFolder) {
  const auto config = read(
      "tls: {cert: server.pem, key: server.key, min_version: \"1.3\", client_ca: ca.pem,\n"
      "      client_cert: optional, hsts: false}");
  EXPECT_THAT(problems_, IsEmpty());
  ASSERT_TRUE(config.tls);
  EXPECT_EQ(config.tls->cert, server_.cert);
  EXPECT_EQ(config.tls->min_version, TlsConfig::Version::v1_3);
  EXPECT_EQ(config.tls->client_ca, ca_.file());
  EXPECT_FALSE(config.tls->requires_client_cert());
  EXPECT_FALSE(config.tls->hsts);
}

TEST_F(SecurityConfig, TlsIsTheSafeKindByDefault) {
  const auto config = read("tls: {cert: server.pem, key: server.key, client_ca: ca.pem}");
  ASSERT_TRUE(config.tls);
  EXPECT_EQ(config.tls->min_version, TlsConfig::Version::v1_2);
  EXPECT_TRUE(config.tls->requires_client_cert());
  EXPECT_TRUE(config.tls->hsts);
}

TEST_F(SecurityConfig, EachWrongFileIsToldWithItsPlaceAndReason) {
  (void)dir_.file("rubbish", "hello");
  (void)dir_.file("locked.key",
                  "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIH0MF8GCSqGSIb3DQEFDTBSMDEGCSqGSIb3"
                  "DQEFDDAkBBDlSLQqXzFhRnXH\n-----END ENCRYPTED PRIVATE KEY-----\n");
  const std::pair<std::string, std::string> cases[] = {
      {"{}", "missing key \"cert\""},
      {"{cert: absent.pem, key: server.key}", "tls.cert: the file cannot be read: No such file"},
      {"{cert: rubbish, key: server.key}", "tls.cert: the file holds no certificate"},
      {"{cert: server.pem, key: absent}", "tls.key: the file cannot be read"},
      {"{cert: server.pem, key: rubbish}", "tls.key: the file holds no private key"},
      {"{cert: server.pem, key: server.pem}", "tls.key: the file holds no private key"},
      {"{cert: server.pem, key: other.key}", "tls.key: the file is not the key"},
      {"{cert: server.pem, key: /}", "tls.key: the file is not a regular file"},
      {"{cert: server.pem, key: server.key, client_ca: rubbish}", "tls.client_ca: the file holds"},
      {"{cert: server.pem, key: server.key, client_cert: required}", "needs client_ca"},
      {"{cert: server.pem, key: server.key, min_version: \"1.1\"}", "expected one of 1.2, 1.3"},
      {"{cert: server.pem, key: server.key, min_version: 1}", "tls.min_version"},
      {"{cert: server.pem, key: server.key, ciphers: ALL}", "unknown key \"ciphers\""},
      {"{cert: server.pem, key: {file: server.key}}", "expected the path of a file"},
      {"{cert: server.pem, key: \"\"}", "a path is not empty"},
  };
  for (const auto& [yaml, problem] : cases) {
    const auto config = read("tls:\n  " + yaml);
    ASSERT_FALSE(problems_.empty()) << yaml;
    EXPECT_THAT(problems_[0], AllOf(testing::StartsWith("2: "), HasSubstr(problem))) << yaml;
    EXPECT_THAT(problems_[0], Not(HasSubstr("PRIVATE KEY")));
  }
  (void)read("tls: {cert: server.pem, key: locked.key}");
  EXPECT_THAT(problems_, ElementsAre(HasSubstr("tls.key: the file")));
}

TEST_F(SecurityConfig, AuthTakesUsersTokensAndOpenPaths) {
  const std::string hash(kCheapHash);
  (void)dir_.file("token", "0123456789abcdef0123\n");
  (void)dir_.file("hash", hash + "\n");
  const auto config = read("auth:\n  users: {a: \"" + hash +
                           "\", b: {file: hash}}\n"
                           "  bearer_token: {file: token}\n"
                           "  open_paths: [/-/healthy, /-/ready]");
  EXPECT_THAT(problems_, IsEmpty());
  ASSERT_TRUE(config.auth);
  EXPECT_THAT(config.auth->users, ElementsAre(std::pair("a", hash), std::pair("b", hash)));
  EXPECT_THAT(config.auth->bearer_tokens, ElementsAre("0123456789abcdef0123"));
  EXPECT_THAT(config.auth->open_paths, ElementsAre("/-/healthy", "/-/ready"));
  const auto two = read("auth: {bearer_token: [0123456789abcdef, {file: token}]}");
  EXPECT_EQ(two.auth->bearer_tokens.size(), 2U) << "while one takes the place of the other";
}

TEST_F(SecurityConfig, WrongAuthIsToldAndNoSecretIsShown) {
  const std::string hash(kCheapHash);
  const std::pair<std::string, std::string> cases[] = {
      {"{}", "nobody could come in"},
      {"{users: {}}", "nobody could come in"},
      {"{bearer_token: []}", "nobody could come in"},
      {"{open_paths: [/metrics]}", "nobody could come in"},
      {"{users: {a: hunter2}}", "the password of \"a\" is no bcrypt hash"},
      {"{users: {a: \"$2b$31$hunter2\"}}", "is no bcrypt hash"},
      {"{users: {a: \"$2b$16" + hash.substr(6) + "\"}}", "is hashed with cost 16"},
      {"{users: {\"a:b\": \"" + hash + "\"}}", "has no colon"},
      {"{users: {\"\": \"" + hash + "\"}}", "is not empty"},
      {"{bearer_token: hunter2}", "at least 16"},
      {"{bearer_token: \"hunter2 hunter2 hunter2\"}", "at least 16"},
      {"{users: {a: \"" + hash + "\"}, open_paths: [/-/helthy]}", "did you mean \"/-/healthy\"?"},
      {"{users: {a: \"" + hash + "\"}, open_paths: [\"*\"]}", "no such page"},
      {"{users: {a: \"" + hash + "\"}, passwords: {}}", "unknown key \"passwords\""},
  };
  for (const auto& [yaml, problem] : cases) {
    (void)read("auth:\n  " + yaml);
    ASSERT_FALSE(problems_.empty()) << yaml;
    EXPECT_THAT(problems_[0], HasSubstr(problem)) << yaml;
    for (const std::string& text : problems_) EXPECT_THAT(text, Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace wayside::test
