#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "exporters/prometheus/http/socket.h"
#include "exporters/prometheus/http/tls_session.h"

namespace wayside {

// One connection's bytes, plain or within TLS, moved without ever waiting. One thread at a time.
class Wire {
 public:
  Wire() = default;
  explicit Wire(Fd socket) : socket_(std::move(socket)) {}

  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] bool is_tls() const { return tls_.has_value(); }

  // From here on it is TLS: nothing was read yet, and hands are to be shaken before anything is
  // moved. False where there is no memory for it.
  bool secure(const TlsContext& context);
  Moved shake_hands() { return tls_->shake_hands(); }
  [[nodiscard]] const TlsSession& tls() const { return *tls_; }  // where it is

  Moved read(char* to, std::size_t size);
  Moved write(std::string_view bytes);
  // Says that nothing more comes, where that is more than closing.
  Moved finish();

  [[nodiscard]] bool has_unread() const;
  // The bare socket; what was agreed on it is forgotten.
  Fd release();

 private:
  Fd socket_;
  std::optional<TlsSession> tls_;
};

}  // namespace wayside
