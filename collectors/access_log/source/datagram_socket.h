#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/access_log/source/listen_point.h"

namespace wayside {

// An open socket that datagrams come to.
struct DatagramSocket {
  FileDescriptor descriptor;
  std::shared_ptr<const void> file = {};  // of a Unix socket: its file, removed at the end of this
};

// Never waits. A Unix socket's file that nobody listens at any more is replaced; one that has an
// owner, or that is something else, is an error. Anyone who may enter its directory may write to
// it.
Result<DatagramSocket> open_datagram_socket(const ListenPoint& point);

// What the kernel tells of a socket (SO_MEMINFO, socket(7)); nothing where it is too old to.
struct SocketMemory {
  std::uint64_t buffer = 0;   // bytes that may wait, with what the kernel keeps beside them
  std::uint64_t dropped = 0;  // datagrams that found no room, since it was opened
};
std::optional<SocketMemory> socket_memory(int fd);

}  // namespace wayside
