#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wayside {

// What /proc/PID/io says of bytes that went to or came from storage (proc(5)).
struct ProcessIo {
  std::optional<std::uint64_t> read_bytes;
  std::optional<std::uint64_t> written_bytes;
};

ProcessIo parse_process_io(std::string_view text);

}  // namespace wayside
