#include "collectors/access_log/source/followed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "collectors/access_log/source/whole_lines.h"

namespace wayside {
namespace {

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
  return birth(AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW);
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
  file.birth_ = birth_of(file.descriptor());
  return file;
}

void FollowedFile::start_at(std::uint64_t offset) {
  position_ = scanned_ = seen_ = offset;
  reach_ = 0;
  head_.clear();
  tail_.clear();
}

// What is there is kept before it is compared: whenever the file is cut, one of both tells.
bool FollowedFile::resume(const Position& position) {
  start_at(position.offset - position.back);
  const auto kept = keep_around();
  if (!kept || !*kept || !bears(fd_.get(), position)) return false;
  reach_ = size_;
  return true;
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
      if (auto kept = keep_around(); !kept) return kept.error();
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

// Whether it was cut and has grown to the very same size again.
Result<bool> FollowedFile::replaced() const {
  std::array<char, kTailBytes> bytes{};
  auto got = read_at(fd_.get(), bytes.data(), tail_.size(), position_ - tail_.size());
  if (!got) return got.error();
  return std::string_view(bytes.data(), *got) != tail_;
}

void FollowedFile::restart(ReadTurn& turn) {
  turn.cut = where();
  turn.cut->size = std::max(reach_, position_);
  start_at(0);
  headed_ = false;
  turn.more = true;
}

Result<ReadTurn> FollowedFile::read(ReadBuffer& buffer, LineSink& sink, unsigned blocks) {
  ReadTurn turn;
  if (auto looked = look(); !looked) return looked.error();
  if (not_text_) return turn;
  if (size_ <= seen_) {
    auto cut = size_ < seen_ ? shrank() : replaced();
    if (!cut) return cut.error();
    if (*cut) {
      restart(turn);
      return turn;
    }
  }
  if (!headed_) {
    auto ready = read_head(buffer, sink, turn);
    if (!ready) return ready.error();
    if (!*ready) return turn;
  }
  auto done = read_blocks(buffer, sink, blocks, turn);
  if (!done) return done.error();
  if (!turn.cut) reach_ = std::max(seen_, size_);
  return turn;
}

Result<void> FollowedFile::read_blocks(ReadBuffer& buffer, LineSink& sink, unsigned blocks,
                                       ReadTurn& turn) {
  for (unsigned i = 0; i < blocks; ++i) {
    if (size_ == seen_) return {};
    auto more = read_block(buffer, sink, turn);
    if (!more) return more.error();
    if (!*more) return {};
  }
  turn.more = true;
  return {};
}

// A writer that does not append goes on where it was when its file is cut, and leaves a hole in
// front. False: nothing but zeros so far.
Result<bool> FollowedFile::skip_zeros(ReadBuffer& buffer, ReadTurn& turn) {
  base_ = behind_hole(base_);
  auto got = read_at(fd_.get(), buffer.data(), kMaxLineBytes, base_);
  if (!got) return got.error();
  const std::string_view text(buffer.data(), *got);
  const auto zeros = std::min(text.find_first_not_of('\0'), text.size());
  if (zeros > 0) base_ += zeros;
  if (position_ < base_) start_at(base_);
  turn.more = zeros == kMaxLineBytes;
  return zeros < text.size() || text.empty();
}

Result<bool> FollowedFile::read_head(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn) {
  base_ = 0;
  auto data = skip_zeros(buffer, turn);
  if (!data) return data.error();
  if (!*data) return false;
  auto got = read_at(fd_.get(), buffer.data(), kMaxLineBytes, base_);
  if (!got) return got.error();
  const std::string_view head(buffer.data(), *got);
  if (is_compressed(head)) {
    not_text_ = turn.not_text = true;
    return false;
  }
  const auto lines = whole_lines(head);
  // Without a newline in so many bytes the first line is too long, and tells nothing.
  if (lines.empty() && head.size() < kMaxLineBytes) {
    seen_ = std::max<std::uint64_t>(position_, base_ + head.size());
    reach_ = seen_;
    return false;
  }
  headed_ = true;
  seen_ = position_;
  sink.head(lines);
  return remember(turn);
}

// What stands around the position where reading begins. False where that is within a line: then
// the file was written anew.
Result<bool> FollowedFile::remember(ReadTurn& turn) {
  if (position_ == 0 || !tail_.empty()) return true;
  auto kept = keep_around();
  if (!kept) return kept.error();
  if (*kept && (tail_.back() == '\n' || position_ == base_)) return true;
  restart(turn);
  return false;
}

// The first bytes and those before the position, as they are now. False where the file is shorter.
Result<bool> FollowedFile::keep_around() {
  std::array<char, kHeadBytes> bytes{};
  auto head = read_at(fd_.get(), bytes.data(), std::min<std::uint64_t>(kHeadBytes, position_), 0);
  if (!head) return head.error();
  head_.assign(bytes.data(), *head);
  const std::uint64_t before = std::min<std::uint64_t>(kTailBytes, position_);
  auto tail = read_at(fd_.get(), bytes.data(), before, position_ - before);
  if (!tail) return tail.error();
  tail_.assign(bytes.data(), *tail);
  return tail_.size() == before;
}

Result<bool> FollowedFile::read_block(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn) {
  // The bytes before a line must be those that were there. Where they are others, the file was
  // cut and has grown past the old position since the last look.
  const std::size_t before = scanned_ == position_ ? tail_.size() : 0;
  auto got = read_at(fd_.get(), buffer.data(), ReadBuffer::kSize, scanned_ - before);
  if (!got) return got.error();
  std::string_view block(buffer.data(), *got);
  if (!block.starts_with(std::string_view(tail_).substr(0, before))) {
    restart(turn);
    return false;
  }
  block.remove_prefix(before);
  return take(block, *got == ReadBuffer::kSize, sink, turn);
}

// Keeps the first bytes of the file, and those before the position, as far as they were counted.
void FollowedFile::keep(std::string_view counted) {
  const bool whole = scanned_ == position_;
  if (!whole) tail_.clear();
  if (whole && head_.size() < kHeadBytes && head_.size() == position_) {
    head_.append(counted.substr(0, kHeadBytes - head_.size()));
  }
  if (counted.size() < kTailBytes) {
    tail_.append(counted);
    if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
  } else {
    tail_.assign(counted.substr(counted.size() - kTailBytes));
  }
}

Position FollowedFile::where() const {
  return {.device = id_.device,
          .inode = id_.inode,
          .offset = position_,
          .size = position_ + lag(),
          .birth = birth_,
          .head = fingerprint(head_),
          .tail = fingerprint(tail_),
          .head_bytes = static_cast<std::uint32_t>(head_.size()),
          .tail_bytes = static_cast<std::uint32_t>(tail_.size())};
}

// A file that is read on since a restart and was not read yet is asked itself what it begins with
// and what stands before the position.
bool FollowedFile::is_copied_by(const FollowedFile& other) const {
  if (position_ == 0) return false;
  const auto same = [this, &other](const std::string& kept, std::uint64_t at, std::size_t size) {
    std::array<char, kHeadBytes> ours{};
    std::array<char, kHeadBytes> theirs{};
    std::string_view expected = kept;
    if (kept.empty()) {
      const auto own = read_at(fd_.get(), ours.data(), size, at);
      if (!own || *own != size) return false;
      expected = {ours.data(), size};
    }
    const auto got = read_at(other.descriptor(), theirs.data(), expected.size(), at);
    return got && std::string_view(theirs.data(), *got) == expected.substr(0, *got);
  };
  const std::size_t head = std::min<std::uint64_t>(kHeadBytes, position_);
  const std::size_t tail =
      tail_.empty() ? std::min<std::uint64_t>(kTailBytes, position_) : tail_.size();
  return same(head_, 0, head) && same(tail_, position_ - tail, tail);
}

// Where the next bytes stand that are no hole; there is no newline before them.
std::uint64_t FollowedFile::behind_hole(std::uint64_t at) const {
  const off_t data = ::lseek(fd_.get(), static_cast<off_t>(at), SEEK_DATA);
  if (data < 0) return errno == ENXIO ? std::max(at, size_) : at;
  return std::max(at, static_cast<std::uint64_t>(data));
}

bool FollowedFile::take(std::string_view block, bool full, LineSink& sink, ReadTurn& turn) {
  seen_ = scanned_ + block.size();
  auto lines = whole_lines(block);
  if (lines.empty()) {
    const bool too_long = scanned_ > position_ || block.size() > kMaxLineBytes;
    if (too_long) scanned_ = seen_ = full ? behind_hole(seen_) : seen_;
    return full;
  }
  const std::uint64_t end = scanned_ + lines.size();
  const std::string_view counted = lines;
  turn.bytes += end - position_;
  if (scanned_ > position_) {
    lines.remove_prefix(lines.find('\n') + 1);
    sink.line_too_long();
  }
  hand_over(lines, sink);
  keep(counted);
  position_ = scanned_ = end;
  // Half a line behind a full block is read again at once, with what follows it.
  if (full) seen_ = end;
  return full;
}

}  // namespace wayside
