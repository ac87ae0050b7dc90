#include "agent/core/small_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace wayside {

Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t most) {
  constexpr std::size_t kStep = 16'384;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return system_error(path.string());
  std::string text;
  long got = 1;
  while (got != 0 && text.size() < most) {
    const std::size_t before = text.size();
    text.resize(std::min(most, before + kStep));
    got = ::read(fd, text.data() + before, text.size() - before);
    const int code = errno;
    text.resize(before + static_cast<std::size_t>(std::max(got, 0L)));
    if (got < 0 && code != EINTR) {
      ::close(fd);
      return system_error(path.string(), code);
    }
  }
  ::close(fd);
  return text;
}

}  // namespace wayside
