#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tests/support/certificates.h"

struct ssl_st;
struct ssl_ctx_st;

namespace wayside::support {

// How a client speaks TLS. Versions as OpenSSL has them (TLS1_VERSION …); 0: any.
struct TlsManner {
  std::filesystem::path ca = {};  // whose certificates it believes; empty: everyone's
  Identity identity = {};         // its own; empty: none
  int least_version = 0;
  int most_version = 0;
  std::string protocol = {};  // offered by ALPN; empty: none
};

// One connection to 127.0.0.1 that speaks TLS, and says what went wrong. Blocks, some seconds at
// the most. Makes the process ignore SIGPIPE.
class TlsClient {
 public:
  TlsClient(int port, const TlsManner& manner);
  ~TlsClient();
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  // With TLS 1.3 a server that wants a certificate says so only after this.
  [[nodiscard]] bool connected() const { return connected_; }
  // Why it is not, or why no more could be read, in OpenSSL's words; empty: nothing went wrong.
  [[nodiscard]] const std::string& error() const { return error_; }
  // The subject of the server's certificate.
  [[nodiscard]] std::string server_name() const;

  bool send(std::string_view bytes);
  std::string read_all();
  // Whether the end was said, so that nothing can have been cut off.
  [[nodiscard]] bool ended_well() const { return ended_well_; }

 private:
  void note_error(int result);

  int socket_ = -1;
  std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> context_;
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> session_;
  bool connected_ = false;
  bool ended_well_ = false;
  std::string error_;
};

// The first bytes a client of TLS 1.3 sends: its ClientHello.
std::string client_hello();

}  // namespace wayside::support
