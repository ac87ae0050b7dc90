#include "collectors/processes/sockets/sock_diag.h"

#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <optional>

namespace wayside {
namespace {

constexpr std::size_t kBuffer = 32U << 10U;  // the most the kernel puts into one part of a dump
constexpr std::string_view kWhat = "sock_diag";

Result<FileDescriptor> open_socket() {
  FileDescriptor opened(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  if (!opened) return system_error(kWhat);
  // Never reached while the kernel keeps its word; a poll must end all the same.
  const timeval most{1, 0};
  setsockopt(opened.get(), SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
  return opened;
}

// What a message of the reply says of its end: 0 or an errno; nothing: more follows.
std::optional<int> end_of(const NetlinkMessage& message) {
  if (message.type != NLMSG_DONE && message.type != NLMSG_ERROR) return std::nullopt;
  return -read_struct<std::int32_t>(message.payload).value_or(0);
}

}  // namespace

Result<void> SockDiag::send(NetlinkRequest& request) {
  if (!socket_) {
    auto opened = open_socket();
    if (!opened) return opened.error();
    socket_ = std::move(opened).value();
    buffer_.resize(kBuffer);
  }
  ++sequence_;
  std::memcpy(request.data() + offsetof(nlmsghdr, nlmsg_seq), &sequence_, sizeof(sequence_));
  if (::send(socket_.get(), request.data(), request.size(), 0) < 0) return system_error(kWhat);
  return {};
}

Result<void> SockDiag::receive(const std::function<void(ByteView payload)>& fn) {
  while (true) {
    const ssize_t got = ::recv(socket_.get(), buffer_.data(), buffer_.size(), MSG_TRUNC);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_error(kWhat);
    if (static_cast<std::size_t>(got) > buffer_.size()) return Error{"sock_diag: reply too long"};
    ByteView bytes(buffer_.data(), static_cast<std::size_t>(got));
    while (const auto message = next_message(bytes)) {
      if (message->sequence != sequence_) continue;
      if (const auto end = end_of(*message)) {
        return *end == 0 ? Result<void>{} : system_error(kWhat, *end);
      }
      if (message->type == SOCK_DIAG_BY_FAMILY) fn(message->payload);
    }
    if (!bytes.empty()) return Error{"sock_diag: a message is not whole"};
  }
}

Result<void> SockDiag::dump(NetlinkRequest& request,
                            const std::function<void(ByteView payload)>& fn) {
  auto done = send(request);
  if (done) done = receive(fn);
  if (!done) socket_.reset();  // what of a reply is still under way goes with it
  return done;
}

}  // namespace wayside
