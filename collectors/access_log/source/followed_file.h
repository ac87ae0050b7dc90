#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/access_log/source/fingerprint.h"
#include "collectors/access_log/source/line_sink.h"

struct stat;

namespace wayside {

// What a file is known by, whatever it is called at the moment.
struct FileId {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

FileId file_id(const struct stat& status);

// When a file was made, in nanoseconds since 1970; 0 where the file system does not tell. It
// tells a file from a later one that was given the same inode. Of a path, links are not followed.
std::int64_t birth_of(int descriptor);
std::int64_t birth_of(const std::string& path);

// The one buffer that all files of a thread are read through.
class ReadBuffer {
 public:
  static constexpr std::size_t kSize = 256UL * 1024;
  ReadBuffer() : bytes_(new char[kSize + kBlockPadding]()) {}
  [[nodiscard]] char* data() { return bytes_.get(); }

 private:
  std::unique_ptr<char[]> bytes_;
};

// What one turn of reading came to.
struct ReadTurn {
  std::uint64_t bytes = 0;  // of whole lines that were handed over, or skipped
  bool more = false;        // the turn was used up before the file's end
  // Set where the file shrank or was written anew, and is read from its start from the next turn
  // on: where reading stood in what was there before. Its size is as of the turn before this one.
  std::optional<Position> cut = std::nullopt;
  bool not_text = false;  // compressed: nothing is ever read of it
};

// One open file, read by whole lines. Nothing of a half-written line is kept: it is read again
// when the file has grown. One thread at a time.
class FollowedFile {
 public:
  // Opens a regular file without ever waiting for it.
  static Result<FollowedFile> open(const std::string& path);

  [[nodiscard]] FileId id() const { return id_; }
  [[nodiscard]] int descriptor() const { return fd_.get(); }
  [[nodiscard]] std::int64_t birth() const { return birth_; }

  // Where reading begins: the first byte of a line.
  void start_at(std::uint64_t offset);
  // The same where reading stood before, so far back as the position says. From now on a cut is
  // told by what stands before it. False where the file has something else there.
  bool resume(const Position& position);
  // Behind the last whole line there is.
  Result<void> start_at_end();

  // The first byte of the first line that was not handed over yet.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  // Bytes not handed over yet, as of the last look.
  [[nodiscard]] std::uint64_t lag() const {
    return !not_text_ && size_ > position_ ? size_ - position_ : 0;
  }
  // The same with what tells the file from another one.
  [[nodiscard]] Position where() const;
  // Whether the other file begins like this one, as far as it goes and as this one was read.
  [[nodiscard]] bool is_copied_by(const FollowedFile& other) const;
  // As of the last look.
  [[nodiscard]] std::uint64_t size() const { return size_; }
  // No name is left for it: it is gone when it is closed. As of the last look.
  [[nodiscard]] bool deleted() const { return deleted_; }

  // Looks whether there is anything to read.
  Result<bool> changed();

  // Reads at most `blocks` blocks. Nothing is read before the file has a first whole line, which
  // `sink.head` is given.
  Result<ReadTurn> read(ReadBuffer& buffer, LineSink& sink, unsigned blocks);

 private:
  FollowedFile(FileDescriptor fd, FileId id) : fd_(std::move(fd)), id_(id) {}
  Result<void> look();
  Result<bool> shrank();
  [[nodiscard]] Result<bool> replaced() const;
  Result<bool> read_head(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn);
  Result<bool> read_block(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn);
  bool take(std::string_view block, bool full, LineSink& sink, ReadTurn& turn);
  void restart(ReadTurn& turn);
  Result<void> read_blocks(ReadBuffer& buffer, LineSink& sink, unsigned blocks, ReadTurn& turn);
  Result<bool> skip_zeros(ReadBuffer& buffer, ReadTurn& turn);
  Result<bool> remember(ReadTurn& turn);
  Result<bool> keep_around();
  void keep(std::string_view counted);
  [[nodiscard]] std::uint64_t behind_hole(std::uint64_t at) const;

  FileDescriptor fd_;
  FileId id_;
  std::uint64_t position_ = 0;
  std::uint64_t scanned_ = 0;  // past position_ only within a line that is too long
  std::uint64_t seen_ = 0;     // what was read so far, half a line included
  std::uint64_t size_ = 0;
  std::uint64_t base_ = 0;   // what is before are zeros
  std::uint64_t reach_ = 0;  // the size when its content was last found to be what it was
  std::int64_t birth_ = 0;
  std::string head_;  // the first bytes, at most kHeadBytes, as far as they were counted
  std::string tail_;  // those before position_, at most kTailBytes
  bool deleted_ = false;
  bool headed_ = false;
  bool not_text_ = false;
};

}  // namespace wayside
