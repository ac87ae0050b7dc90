#include "collectors/processes/process_io.h"

#include "collectors/processes/keyed_lines.h"

namespace wayside {

ProcessIo parse_process_io(std::string_view text) {
  ProcessIo io;
  each_keyed_line(text, [&](std::string_view key, std::string_view rest) {
    if (key == "read_bytes") io.read_bytes = next_number<std::uint64_t>(rest);
    if (key == "write_bytes") io.written_bytes = next_number<std::uint64_t>(rest);
  });
  return io;
}

}  // namespace wayside
