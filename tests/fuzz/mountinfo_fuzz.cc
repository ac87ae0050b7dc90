#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "agent/system/mountinfo.h"

// The text of /proc/PID/mountinfo. Nothing that is parsed is longer than its text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::size_t taken = 0;
  for (const wayside::Mount& mount : wayside::parse_mountinfo(text)) {
    if (mount.type.empty() || !mount.point.starts_with('/')) std::abort();
    taken += mount.root.size() + mount.point.size() + mount.type.size() + mount.options.size();
  }
  if (taken > size) std::abort();
  return 0;
}
