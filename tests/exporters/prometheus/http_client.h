#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "exporters/prometheus/http/socket.h"

namespace wayside::test {

// A raw client on loopback, so that a test can send what no library would.
class Client {
 public:
  // `receive_buffer`: bytes, for clients that are to fill up soon; 0: as the system has it.
  // `from`: the address of loopback it comes from.
  explicit Client(int port, int receive_buffer = 0, std::uint32_t from = 0x7f000001);

  // What the kernel took, without waiting.
  std::size_t send(std::string_view bytes);
  // All up to the end of the connection, or what came within the time.
  std::string read_all(std::chrono::milliseconds within = std::chrono::seconds(4));
  std::string read_some(std::size_t most);
  // Whether the peer ended the connection within the time.
  bool ended(std::chrono::milliseconds within);
  void end_sending();
  [[nodiscard]] bool was_reset() const { return reset_; }

 private:
  Fd socket_;
  bool reset_ = false;
};

// A whole exchange: sends `request`, reads to the end.
std::string round_trip(int port, std::string_view request);
// GET over HTTP/1.1.
std::string get(int port, std::string_view path);

int status_of(std::string_view answer);
// The value of a header field; "-" where it is absent. Names as the endpoint writes them.
std::string field_of(std::string_view answer, std::string_view name);
// The body, without its framing where it is chunked, and "(broken)" where that is wrong.
std::string body_of(std::string_view answer);

}  // namespace wayside::test
