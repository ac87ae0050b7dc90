#pragma once

#include <chrono>
#include <cstddef>

namespace wayside {

// Every size, count and wait of the HTTP endpoint. The defaults are what runs; tests shorten them.
// Together the connections stay well under the usual limit of 1,024 file descriptors.
struct HttpLimits {
  std::size_t head_bytes = 16 * 1024;  // request line and header lines
  std::size_t header_lines = 100;
  std::size_t target_bytes = 4 * 1024;
  std::size_t body_bytes = 64 * 1024;  // as sent: chunk framing counts
  std::size_t linger_bytes = 1024 * 1024;

  std::size_t waiting = 384;   // connections without a complete head
  std::size_t sessions = 128;  // of TLS, among those; some 60 KiB each
  std::size_t queued = 192;    // complete requests that wait for a worker
  std::size_t lingering = 64;
  std::size_t workers = 4;

  std::chrono::milliseconds head_time{5'000};     // from accept to the complete head
  std::chrono::milliseconds answer_time{10'000};  // from there to the last byte sent
  std::chrono::milliseconds linger_time{1'000};
  // How long a client may keep a worker blocked, in all, while others wait for one.
  std::chrono::milliseconds patience{250};
  std::chrono::milliseconds accept_pause{100};  // when the system refuses connections
};

}  // namespace wayside
