#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
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
// tells a file from a later one that was given the same inode.
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
  bool restarted = false;   // the file shrank or was written anew: it is read from its start
  bool not_text = false;    // compressed: nothing is ever read of it
};

// One open file, read by whole lines. Nothing of a half-written line is kept: it is read again
// when the file has grown. One thread at a time.
class FollowedFile {
 public:
  // Opens a regular file without ever waiting for it.
  static Result<FollowedFile> open(const std::string& path);

  [[nodiscard]] FileId id() const { return id_; }
  [[nodiscard]] int descriptor() const { return fd_.get(); }
  [[nodiscard]] std::int64_t birth() const { return birth_of(fd_.get()); }

  // Where reading begins: the first byte of a line.
  void start_at(std::uint64_t offset) { position_ = scanned_ = seen_ = offset; }
  // Behind the last whole line there is.
  Result<void> start_at_end();

  // The first byte of the first line that was not handed over yet.
  [[nodiscard]] std::uint64_t position() const { return position_; }
  // Bytes not handed over yet, as of the last look.
  [[nodiscard]] std::uint64_t lag() const {
    return !not_text_ && size_ > position_ ? size_ - position_ : 0;
  }
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
  Result<bool> read_head(ReadBuffer& buffer, LineSink& sink);
  Result<bool> read_block(ReadBuffer& buffer, LineSink& sink, ReadTurn& turn);
  bool take(std::string_view block, bool full, LineSink& sink, ReadTurn& turn);
  void restart(ReadTurn& turn);

  FileDescriptor fd_;
  FileId id_;
  std::uint64_t position_ = 0;
  std::uint64_t scanned_ = 0;  // past position_ only within a line that is too long
  std::uint64_t seen_ = 0;     // what was read so far, half a line included
  std::uint64_t size_ = 0;
  bool deleted_ = false;
  bool headed_ = false;
  bool not_text_ = false;
};

}  // namespace wayside
