#include "collectors/access_log/source/pipe_feed.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace wayside {
namespace {

constexpr int kReadsPerTurn = 16;
constexpr int kPipeBytes = 1024 * 1024;  // fs.pipe-max-size by default

}  // namespace

bool is_pipe(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISFIFO(status.st_mode);
}

PipeFeed::PipeFeed(std::string path, const FeedSinks& open_sink, FeedContext context)
    : path_(std::move(path)), context_(context), sink_(open_sink(path_)) {
  sink_->head({});
  if (context_.handover == nullptr) return;
  if (auto left = context_.handover->take(path_)) {
    fd_ = std::move(left->descriptor);
    lines_.go_on_with(left->text);
    ++openings_;
  }
}

PipeFeed::~PipeFeed() {
  if (context_.handover == nullptr || !fd_) return;
  context_.handover->leave(path_,
                           {.descriptor = std::move(fd_), .text = std::string(lines_.held())});
}

FeedDescriptor PipeFeed::descriptor() const {
  return {.fd = fd_.get(), .opened = openings_};
}

void PipeFeed::tend() {
  if (!fd_ || is_other()) open();
}

bool PipeFeed::is_other() const {
  struct stat ours {};
  struct stat named {};
  if (::stat(path_.c_str(), &named) != 0 || !S_ISFIFO(named.st_mode)) return false;
  return ::fstat(fd_.get(), &ours) != 0 || ours.st_ino != named.st_ino ||
         ours.st_dev != named.st_dev;
}

// Opens it before the one that is open is closed, so that writers always find a reader and what
// waits in the pipe stays there.
bool PipeFeed::open() {
  FileDescriptor fd(::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  struct stat status {};
  if (!fd || ::fstat(fd.get(), &status) != 0 || !S_ISFIFO(status.st_mode)) {
    const Error error = (fd ? Error{"is no named pipe any more"} : system_error("cannot open"));
    const auto why = error.in(path_).message;
    if (outcome_.why != why) context_.log.write(Level::warn, "access_log: " + why);
    outcome_ = Outcome::failed(why);
    return false;
  }
  // A larger one lets writers go on while others are read; a smaller one does as well.
  ::fcntl(fd.get(), F_SETPIPE_SZ, kPipeBytes);
  fd_ = std::move(fd);
  ++openings_;
  outcome_ = Outcome::ok();
  return true;
}

bool PipeFeed::read() {
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const auto room = lines_.room();
    const ssize_t n = ::read(fd_.get(), room.data(), room.size());
    if (n < 0) return errno == EINTR;
    if (n == 0) {
      // The last writer went. Opened anew it is quiet until the next one comes.
      lines_.end(*sink_);
      if (!open()) fd_.reset();
      return false;
    }
    stats_.read_bytes += static_cast<std::uint64_t>(n);
    lines_.take(static_cast<std::size_t>(n), *sink_);
  }
  return true;
}

FeedStats PipeFeed::stats() const {
  FeedStats stats = stats_;
  int waiting = 0;
  if (fd_ && ::ioctl(fd_.get(), FIONREAD, &waiting) == 0) {
    stats.lag_bytes = static_cast<std::uint64_t>(waiting) + lines_.held().size();
  }
  return stats;
}

}  // namespace wayside
