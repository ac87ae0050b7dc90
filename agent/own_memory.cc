#include "agent/own_memory.h"

#include <unistd.h>

#include <fstream>

namespace wayside {

std::optional<std::uint64_t> own_resident_bytes(const Environment& environment) {
  std::ifstream statm(environment.proc / "self" / "statm");
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  if (!(statm >> size >> resident)) return std::nullopt;
  return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace wayside
