#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "agent/core/time.h"
#include "exporters/prometheus/tls_config.h"

struct ssl_ctx_st;

namespace wayside {

// What is wrong with TLS settings, and which key of the config it is.
struct TlsProblem {
  std::string_view key;
  std::string message;
};

// Certificate, key and rules of TLS connections, read from their files once. Sessions are never
// resumed, so that who was let in once is looked at again. Immutable; sessions keep what they
// need of it. Thread-safe.
class TlsContext {
 public:
  using Loaded = std::variant<std::shared_ptr<const TlsContext>, TlsProblem>;
  static Loaded load(const TlsConfig& config);
  // Only whether it would load.
  static std::optional<TlsProblem> check(const TlsConfig& config);

  [[nodiscard]] ssl_ctx_st* get() const { return context_.get(); }
  [[nodiscard]] WallTime expires() const { return expires_; }  // the certificate; kNoTime: unknown
  [[nodiscard]] const TlsConfig& config() const { return config_; }
  // What works but should not stay so: a key that others can read, a certificate out of date.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  explicit TlsContext(TlsConfig config) : config_(std::move(config)) {}

  TlsConfig config_;
  std::unique_ptr<ssl_ctx_st, Free> context_;
  WallTime expires_ = kNoTime;
  std::vector<std::string> warnings_;
};

}  // namespace wayside
