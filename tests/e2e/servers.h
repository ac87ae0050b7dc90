#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "tests/support/process.h"

namespace wayside::e2e {

// A service behind the load balancer, in this process: answers any path with the status and
// after the milliseconds that its query asks for (`?status=404&ms=20`). One that is told to
// fail answers 502 to everything below /api/unsteady.
class Upstream {
 public:
  explicit Upstream(bool fails);
  ~Upstream();

  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::uint16_t port_ = 0;
};

// nginx in front of two upstreams: /api/unsteady always has to try both, /api/refused tries a port
// that nobody listens on first, /old redirects, /static is its own. It writes the log that the
// agent reads (`access.log`, in kFormat) and one for the test itself (`truth.log`).
class Nginx {
 public:
  static const std::string kFormat;

  Nginx(const std::filesystem::path& dir, std::uint16_t steady, std::uint16_t failing);
  testing::AssertionResult start();
  // Before the start: the same lines are to go there as well ("syslog:server=127.0.0.1:5140").
  void log_to(const std::string& target) const;
  // Renames access.log to `name` and makes nginx open it anew, as logrotate does.
  void rotate(const std::string& name) const;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::filesystem::path log() const { return dir_ / "access.log"; }
  [[nodiscard]] std::filesystem::path truth() const { return dir_ / "truth.log"; }

 private:
  [[nodiscard]] std::string config(std::uint16_t steady, std::uint16_t failing) const;
  std::filesystem::path dir_;
  std::uint16_t port_;
  std::uint16_t refused_port_;
  std::optional<support::Process> process_;
};

// Hands on the agent's /metrics as text 0.0.4, whatever is asked for: no Prometheus of today asks
// for that format.
class TextProxy {
 public:
  explicit TextProxy(std::uint16_t agent);
  ~TextProxy();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  std::uint16_t port_ = 0;
};

// A Prometheus server that scrapes one target every second.
class Prometheus {
 public:
  Prometheus(std::filesystem::path dir, std::uint16_t target);
  // The same with `scrape_configs` of the test's own.
  Prometheus(std::filesystem::path dir, std::string scrape_configs);
  // Before the start: what `--enable-feature` is to have.
  void enable(std::string features) { features_ = std::move(features); }
  testing::AssertionResult start();
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  std::filesystem::path dir_;
  std::string scrape_configs_;
  std::string features_;
  std::uint16_t port_;
  std::optional<support::Process> process_;
};

}  // namespace wayside::e2e
