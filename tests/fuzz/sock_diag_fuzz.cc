#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "collectors/processes/sockets/netlink_message.h"
#include "collectors/processes/sockets/sock_diag_reply.h"

namespace {

// Every message takes at least its header's bytes off, and lies within the reply.
void read_reply(wayside::ByteView bytes) {
  const auto* begin = bytes.data();
  const auto* end = bytes.data() + bytes.size();
  std::size_t left = bytes.size();
  while (const auto message = wayside::next_message(bytes)) {
    if (bytes.size() + 16 > left) std::abort();
    left = bytes.size();
    const wayside::ByteView payload = message->payload;
    if (payload.data() < begin || payload.data() + payload.size() > end) std::abort();
    if (const auto socket = wayside::parse_inet_socket(payload)) {
      if (socket->local.text().empty()) std::abort();
    }
    if (const auto socket = wayside::parse_unix_socket(payload)) {
      if (socket->name.size() > payload.size() || socket->text().size() < 5) std::abort();
    }
  }
}

}  // namespace

// A reply of the kernel to a question about sockets.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_reply(std::as_bytes(std::span(data, size)));
  return 0;
}
