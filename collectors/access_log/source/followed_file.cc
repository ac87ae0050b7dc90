#include "collectors/access_log/source/followed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace wayside {
namespace {

// pread that is not stopped by a signal; up to `size` bytes, fewer only at the file's end.
Result<std::size_t> read_at(int fd, char* into, std::size_t size, std::uint64_t offset) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = ::pread(fd, into + done, size - done, static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_error("cannot read");
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

// The part of `text` that consists of whole lines.
std::string_view whole_lines(std::string_view text) {
  const void* last = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());
  if (last == nullptr) return {};
  return text.substr(0, static_cast<std::size_t>(static_cast<const char*>(last) - text.data()) + 1);
}

// How many bytes of `lines` come before the first line that is too long. Steps from newline to
// newline as far apart as lines may be, so that most bytes are never looked at.
std::size_t before_long_line(std::string_view lines) {
  std::size_t at = 0;
  while (lines.size() - at > kMaxLineBytes) {
    const auto step = whole_lines(lines.substr(at, kMaxLineBytes + 1)).size();
    if (step == 0) return at;
    at += step;
  }
  return lines.size();
}

// Gives whole lines to the sink, but for those that are too long.
void hand_over(std::string_view lines, LineSink& sink) {
  while (!lines.empty()) {
    const std::size_t good = before_long_line(lines);
    if (good > 0) sink.lines(lines.substr(0, good));
    lines.remove_prefix(good);
    if (lines.empty()) return;
    sink.line_too_long();
    lines.remove_prefix(lines.find('\n') + 1);
  }
}

// A glob such as access.log* matches what logrotate has compressed: gzip, bzip2, xz or zstd, by
// the first bytes that RFC 1952, RFC 8878 and the formats' own descriptions give.
bool is_compressed(std::string_view head) {
  using namespace std::string_view_literals;
  constexpr std::array kMagic = {"\x1f\x8b"sv, "BZh"sv, "\xfd\x37zXZ"sv, "\x28\xb5\x2f\xfd"sv};
  return std::any_of(kMagic.begin(), kMagic.end(),
                     [&](std::string_view magic) { return head.starts_with(magic); });
}

std::int64_t birth(int at, const char* path, int flags) {
  struct statx status {};
  if (::statx(at, path, flags, STATX_BTIME, &status) != 0) return 0;
  if ((status.stx_mask & STATX_BTIME) == 0) return 0;
  return status.stx_btime.tv_sec * 1'000'000'000 + status.stx_btime.tv_nsec;
}

}  // namespace

std::int64_t birth_of(int descriptor) {
  return birth(descriptor, "", AT_EMPTY_PATH);
}

std::int64_t birth_of(const std::string& path) {
  return birth(AT_FDCWD, path.c_str(), 0);
}

FileId file_id(const struct stat& status) {
  return {.device = status.st_dev, .inode = status.st_ino};
}

Result<FollowedFile> FollowedFile::open(const std::string& path) {
  // O_NONBLOCK: should the name have become a FIFO, opening it must not wait for a writer.
  FileDescriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd) return system_error("cannot open");
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return system_error("cannot look at");
  if (!S_ISREG(status.st_mode)) return Error{"is no regular file"};
  FollowedFile file(std::move(fd), file_id(status));
  file.size_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

Result<void> FollowedFile::start_at_end() {
  if (auto looked = look(); !looked) return looked;
  std::array<char, 4096> chunk{};
  std::uint64_t end = size_;
  while (end > 0) {
    const std::uint64_t from = end - std::min<std::uint64_t>(end, chunk.size());
    auto got = read_at(fd_.get(), chunk.data(), end - from, from);
    if (!got) return got.error();
    const auto lines = whole_lines({chunk.data(), *got});
    if (!lines.empty() || from == 0) {
      start_at(from + lines.size());
      return {};
    }
    // Within a line that is too long: where it began matters to nobody who starts at the end.
    if (size_ - from > kMaxLineBytes) break;
    end = from;
  }
  start_at(end);
  return {};
}

Result<void> FollowedFile::look() {
  struct stat status {};
  if (::fstat(fd_.get(), &status) != 0) return system_error("cannot look at");
  size_ = static_cast<std::uint64_t>(status.st_size);
  deleted_ = status.st_nlink == 0;
  return {};
}

Result<bool> FollowedFile::changed() {
  if (auto looked = look(); !looked) return looked.error();
  return size_ != seen_ && !not_text_;
}

Result<bool> FollowedFile::shrank() {
  // A network file system may tell of a size that is older than what was read already.
  char byte = 0;
  auto got = read_at(fd_.get(), &byte, 1, seen_ - 1);
  if (!got) return got.error();
  return *got == 0;
}

void FollowedFile::restart(ReadTurn& turn) {
  start_at(0);
  headed_ = false;
  turn.restarted = true;
}

Result<ReadTurn> FollowedFile::read(ReadBuffer& buffer, LineSink& sink, unsigned blocks) {
  ReadTurn turn;
  if (auto looked = look(); !looked) return looked.error();
  if (not_text_) return turn;
  if (size_ < seen_) {
    auto cut = shrank();
    if (!cut) return cut.error();
    if (*cut) restart(turn);
  }
  if (!headed_) {
    auto ready = read_head(buffer, sink);
    if (!ready) return ready.error();
    turn.not_text = not_text_;
    if (!*ready) return turn;
  }
  for (unsigned i = 0; i < blocks; ++i) {
    if (size_ == seen_) return turn;
    auto more = read_block(buffer, sink, turn);
    if (!more) return more.error();
    if (!*more) return turn;
  }
  turn.more = true;
  return turn;
}

Result<bool> FollowedFile::read_head(ReadBuffer& buffer, LineSink& sink) {
  auto got = read_at(fd_.get(), buffer.data(), kMaxLineBytes, 0);
  if (!got) return got.error();
  const std::string_view head(buffer.data(), *got);
  if (is_compressed(head)) {
    not_text_ = true;
    return false;
  }
  const auto lines = whole_lines(head);
  // Without a newline in so many bytes the first line is too long, and tells nothing.
  if (lines.empty() && head.size() < kMaxLineBytes) {
    seen_ = std::max<std::uint64_t>(position_, head.size());
    return false;
  }
  headed_ = true;
  seen_ = position_;
  sink.head(lines);
  return true;
}

Result<bool> FollowedFile::read_block(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn) {
  // The byte before a line must be a newline. Where it is another, the file was cut and has
  // grown past the old position since the last look.
  const bool at_line = scanned_ == position_ && position_ > 0;
  const std::uint64_t from = at_line ? scanned_ - 1 : scanned_;
  auto got = read_at(fd_.get(), buffer.data(), ReadBuffer::kSize, from);
  if (!got) return got.error();
  std::string_view block(buffer.data(), *got);
  if (at_line) {
    if (block.empty() || block.front() != '\n') {
      restart(turn);
      turn.more = true;
      return false;
    }
    block.remove_prefix(1);
  }
  return take(block, *got == ReadBuffer::kSize, sink, turn);
}

bool FollowedFile::take(std::string_view block, bool full, LineSink& sink, ReadTurn& turn) {
  seen_ = scanned_ + block.size();
  auto lines = whole_lines(block);
  if (lines.empty()) {
    const bool too_long = scanned_ > position_ || block.size() > kMaxLineBytes;
    if (too_long) scanned_ = seen_;
    return full;
  }
  const std::uint64_t end = scanned_ + lines.size();
  turn.bytes += end - position_;
  if (scanned_ > position_) {
    lines.remove_prefix(lines.find('\n') + 1);
    sink.line_too_long();
  }
  hand_over(lines, sink);
  position_ = scanned_ = end;
  // Half a line behind a full block is read again at once, with what follows it.
  if (full) seen_ = end;
  return full;
}

}  // namespace wayside
