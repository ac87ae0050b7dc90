#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/processes/sockets/netlink_message.h"
#include "collectors/processes/sockets/sock_diag_request.h"

namespace wayside {

// Asks the kernel about the sockets of the agent's own network namespace (sock_diag(7)). One
// thread. The netlink socket is opened when first needed and kept.
class SockDiag {
 public:
  // Sends `request` and calls `fn` with the payload of each socket in the reply. The kernel makes
  // the reply while it is read, so that it waits for nobody. Where the table changed meanwhile a
  // socket may be told twice or not at all, as in /proc/net/tcp.
  Result<void> dump(NetlinkRequest& request, const std::function<void(ByteView payload)>& fn);

 private:
  Result<void> send(NetlinkRequest& request);
  Result<void> receive(const std::function<void(ByteView payload)>& fn);

  FileDescriptor socket_;
  std::uint32_t sequence_ = 0;
  std::vector<std::byte> buffer_;
};

}  // namespace wayside
