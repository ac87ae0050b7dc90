#include "exporters/prometheus/http/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "exporters/prometheus/http/tls_context.h"

namespace wayside {
namespace {

using State = Moved::State;

TlsFailure failure_of(unsigned long code) {
  if (ERR_GET_LIB(code) != ERR_LIB_SSL) return TlsFailure::other;
  const int reason = ERR_GET_REASON(code);
  if (reason >= SSL_AD_REASON_OFFSET) return TlsFailure::peer;  // an alert of the peer's
  switch (reason) {
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_NO_PROTOCOLS_AVAILABLE:
      return TlsFailure::version;
    case SSL_R_NO_SHARED_CIPHER:
    case SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
    case SSL_R_NO_SHARED_SIGNATURE_ALGORITHMS:
    case SSL_R_NO_SUITABLE_KEY_SHARE:
      return TlsFailure::cipher;
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
      return TlsFailure::no_certificate;
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
      return TlsFailure::bad_certificate;
    default:
      return TlsFailure::other;
  }
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* session) const {
  SSL_free(session);
}

std::optional<TlsSession> TlsSession::open(const TlsContext& context, int socket) {
  TlsSession session(SSL_new(context.get()));
  if (!session.session_ || SSL_set_fd(session.session_.get(), socket) != 1) return std::nullopt;
  SSL_set_accept_state(session.session_.get());
  return session;
}

// OpenSSL's errors are a queue of the thread, which is empty before each call.
Moved TlsSession::outcome(int result, std::size_t bytes) {
  if (result > 0) return {State::some, bytes};
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return {State::want_read};
    case SSL_ERROR_WANT_WRITE:
      return {State::want_write};
    case SSL_ERROR_ZERO_RETURN:
      return {State::ended};
    case SSL_ERROR_SYSCALL:  // the connection broke
      return {State::ended};
    default:
      break;
  }
  // A peer that went without a word is reported as an error of the protocol.
  const unsigned long code = ERR_peek_error();
  ERR_clear_error();
  if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) return {State::ended};
  failure_ = failure_of(code);
  return {State::failed};
}

Moved TlsSession::shake_hands() {
  ERR_clear_error();
  const Moved moved = outcome(SSL_do_handshake(session_.get()), 0);
  // From here on it is pages that are sent: in whole records.
  if (moved.state == State::some) {
    (void)SSL_set_max_send_fragment(session_.get(), SSL3_RT_MAX_PLAIN_LENGTH);
  }
  return moved;
}

Moved TlsSession::read(char* to, std::size_t size) {
  ERR_clear_error();
  std::size_t got = 0;
  const int result = SSL_read_ex(session_.get(), to, size, &got);
  return outcome(result, got);
}

Moved TlsSession::write(std::string_view bytes) {
  if (bytes.empty()) return {};
  ERR_clear_error();
  std::size_t sent = 0;
  const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &sent);
  return outcome(result, sent);
}

Moved TlsSession::finish() {
  ERR_clear_error();
  const int result = SSL_shutdown(session_.get());
  // 0: our word is said, the peer's is not heard, and is not waited for.
  return result == 0 ? Moved{} : outcome(result, 0);
}

bool TlsSession::has_unread() const {
  return SSL_has_pending(session_.get()) == 1;
}

}  // namespace wayside
