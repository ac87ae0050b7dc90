#include "agent/core/line_output.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include "agent/core/file_descriptor.h"

namespace wayside {

namespace {

constexpr mode_t kMode = 0640;
constexpr int kOpenFlags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

}  // namespace

Result<LineOutput> LineOutput::open(const std::string& path, int standard) {
  if (path == "-") {
    return adopt(open_standard(standard), standard == STDERR_FILENO ? "stderr" : "stdout");
  }
  auto output = adopt(::open(path.c_str(), kOpenFlags | O_APPEND | O_CREAT, kMode), path);
  if (output) output->appended_ = output->way_ == Way::file;
  return output;
}

Result<void> LineOutput::try_path(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  struct stat status {};
  const bool there = ::stat(path.c_str(), &status) == 0;
  if (there && S_ISDIR(status.st_mode)) return system_error("cannot open " + path, EISDIR);
  const auto allowed = [](const std::string& name, int how) {
    return ::faccessat(AT_FDCWD, name.c_str(), how, AT_EACCESS) == 0;
  };
  if (there ? allowed(path, W_OK) : allowed(folder, W_OK | X_OK)) return {};
  return system_error("cannot open " + path);
}

// A description of our own for a pipe or terminal, because O_NONBLOCK would otherwise hold for
// every process that shares it. A file's offset must stay shared, so a file is only duplicated;
// so is what cannot be opened anew, and then poll(2) is all that keeps a write from waiting.
int LineOutput::open_standard(int fd) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return -1;
  if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) {
    const int own = ::open(("/proc/self/fd/" + std::to_string(fd)).c_str(), kOpenFlags);
    if (own >= 0) return own;
  }
  return ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

Result<LineOutput> LineOutput::adopt(int fd, std::string_view name) {
  if (fd < 0) return system_error("cannot open " + std::string(name));
  LineOutput output(fd, Way::file);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return system_error("cannot open " + std::string(name));
  if (S_ISSOCK(status.st_mode)) output.way_ = Way::socket;
  if (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode)) output.way_ = Way::stream;
  return output;
}

LineOutput::LineOutput(LineOutput&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      way_(other.way_),
      torn_(other.torn_),
      appended_(other.appended_) {}

LineOutput& LineOutput::operator=(LineOutput&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(way_, other.way_);
  std::swap(torn_, other.torn_);
  std::swap(appended_, other.appended_);
  return *this;
}

LineOutput::~LineOutput() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> LineOutput::write(std::string_view line, const std::function<bool()>& go_on) {
  if (std::exchange(appended_, false)) torn_ = lacks_end();
  if (torn_) {
    if (auto ended = write_all("\n", go_on); !ended) return ended;
    torn_ = false;
  }
  return write_all(line, go_on);
}

Result<void> LineOutput::write_all(std::string_view bytes, const std::function<bool()>& go_on) {
  const std::size_t whole = bytes.size();
  while (!bytes.empty()) {
    const long written = ready(std::chrono::milliseconds{0}) ? write_some(bytes) : 0;
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    const int code = written < 0 ? errno : EAGAIN;
    if (code == EINTR) continue;
    if (code == EAGAIN && go_on()) {
      static_cast<void>(ready(kPatience));
      continue;
    }
    torn_ = torn_ || bytes.size() < whole;
    return system_error("cannot write", code);
  }
  return {};
}

long LineOutput::write_some(std::string_view bytes) const {
  if (way_ == Way::socket) {
    return ::send(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  const std::size_t most = way_ == Way::stream ? PIPE_BUF : bytes.size();
  return ::write(fd_, bytes.data(), std::min(bytes.size(), most));
}

bool LineOutput::ready(std::chrono::milliseconds wait) const {
  pollfd asked{.fd = fd_, .events = POLLOUT, .revents = 0};
  return ::poll(&asked, 1, static_cast<int>(wait.count())) > 0;
}

// Whether the file's last byte is no newline: its disk was full, or its writer was killed.
bool LineOutput::lacks_end() const {
  const std::string path = "/proc/self/fd/" + std::to_string(fd_);
  const FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0 || status.st_size == 0) return false;
  char last = '\n';
  return ::pread(fd.get(), &last, 1, status.st_size - 1) == 1 && last != '\n';
}

bool LineOutput::is_terminal() const {
  return ::isatty(fd_) == 1;
}

bool colour_wanted(const GetEnv& env) {
  const auto refused = env("NO_COLOR");
  return (!refused || refused->empty()) && env("TERM").value_or("") != "dumb";
}

}  // namespace wayside
