#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

struct ssl_st;

namespace wayside {

class TlsContext;

// What came of moving bytes without waiting.
struct Moved {
  enum class State : std::uint8_t { some, ended, want_read, want_write, failed };
  State state = State::some;
  std::size_t bytes = 0;  // where some were
};

// Why no session came about.
enum class TlsFailure : std::uint8_t {
  plain,            // the peer does not speak TLS
  version,          // it speaks none that is allowed
  cipher,           // there is none that both sides take
  no_certificate,   // it has none, and has to
  bad_certificate,  // it has one that is not signed by the CA, out of date or no client's
  peer,             // it refused us: mostly since it does not know our certificate's CA
  other
};
inline constexpr std::size_t kTlsFailures = 7;

// The server's side of TLS on a connection's socket, which outlives it. Never waits. The process
// ignores SIGPIPE. One thread at a time.
class TlsSession {
 public:
  static std::optional<TlsSession> open(const TlsContext& context, int socket);

  Moved shake_hands();  // `some`: done
  Moved read(char* to, std::size_t size);
  Moved write(std::string_view bytes);
  Moved finish();  // tells the peer that the end is meant
  [[nodiscard]] bool has_unread() const;
  // After it failed while hands were shaken.
  [[nodiscard]] TlsFailure failure() const { return failure_; }

 private:
  struct Free {
    void operator()(ssl_st* session) const;
  };
  explicit TlsSession(ssl_st* session) : session_(session) {}
  Moved outcome(int result, std::size_t bytes);

  std::unique_ptr<ssl_st, Free> session_;
  TlsFailure failure_ = TlsFailure::other;
};

}  // namespace wayside
