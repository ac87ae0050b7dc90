#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>

#include "tests/exporters/prometheus/http_client.h"

namespace wayside::test {
namespace {

using std::chrono::steady_clock;

bool wait_readable(int socket, steady_clock::time_point until) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - steady_clock::now()).count();
  pollfd watched{socket, POLLIN, 0};
  return ::poll(&watched, 1, left > 0 ? static_cast<int>(left) : 0) > 0;
}

std::string unchunked(std::string_view body) {
  std::string whole;
  for (;;) {
    const std::size_t line = body.find("\r\n");
    std::size_t size = 0;
    if (line == std::string_view::npos) return "(broken)";
    const auto [stop, code] = std::from_chars(body.data(), body.data() + line, size, 16);
    if (code != std::errc{} || stop != body.data() + line) return "(broken)";
    body.remove_prefix(line + 2);
    if (body.size() < size + 2 || body.substr(size, 2) != "\r\n") return "(broken)";
    if (size == 0) return body.size() == 2 ? whole : "(broken)";
    whole += body.substr(0, size);
    body.remove_prefix(size + 2);
  }
}

}  // namespace

Client::Client(int port, int receive_buffer, std::uint32_t from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0) {
    (void)setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  }
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_addr.s_addr = htonl(from);
  (void)::bind(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to);
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Where it fails, nothing can be sent and nothing comes, which every test notices.
  (void)::connect(socket_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to);
}

std::size_t Client::send(std::string_view bytes) {
  const ssize_t sent =
      ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

std::string Client::read_some(std::size_t most) {
  std::string got(most, '\0');
  const ssize_t size = ::recv(socket_.get(), got.data(), most, MSG_DONTWAIT);
  reset_ = reset_ || (size < 0 && errno == ECONNRESET);
  got.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return got;
}

std::string Client::read_all(std::chrono::milliseconds within) {
  const auto until = steady_clock::now() + within;
  std::string all;
  while (wait_readable(socket_.get(), until)) {
    const std::string some = read_some(65536);
    if (some.empty()) break;
    all += some;
  }
  return all;
}

bool Client::ended(std::chrono::milliseconds within) {
  const auto until = steady_clock::now() + within;
  while (wait_readable(socket_.get(), until)) {
    if (read_some(65536).empty()) return true;
  }
  return false;
}

void Client::end_sending() {
  (void)::shutdown(socket_.get(), SHUT_WR);
}

std::string round_trip(int port, std::string_view request) {
  Client client(port);
  while (!request.empty()) {
    const std::size_t sent = client.send(request);
    if (sent == 0) break;
    request.remove_prefix(sent);
  }
  return client.read_all();
}

std::string get(int port, std::string_view path) {
  return round_trip(port, "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n");
}

int status_of(std::string_view answer) {
  int status = 0;
  if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12) return 0;
  std::from_chars(answer.data() + 9, answer.data() + 12, status);
  return status;
}

std::string field_of(std::string_view answer, std::string_view name) {
  answer = answer.substr(0, answer.find("\r\n\r\n") + 2);
  const std::string key = "\r\n" + std::string(name) + ": ";
  const std::size_t at = answer.find(key);
  if (at == std::string_view::npos) return "-";
  answer.remove_prefix(at + key.size());
  return std::string(answer.substr(0, answer.find("\r\n")));
}

std::string body_of(std::string_view answer) {
  const std::size_t head = answer.find("\r\n\r\n");
  if (head == std::string_view::npos) return "(broken)";
  const std::string_view body = answer.substr(head + 4);
  return field_of(answer, "Transfer-Encoding") == "chunked" ? unchunked(body) : std::string(body);
}

}  // namespace wayside::test
