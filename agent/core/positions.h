#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wayside {

// Where in a file reading goes on: always the first byte of a line not yet counted. The rest
// tells whether it is still the same file with the same content before that place.
struct Position {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t offset = 0;
  // Where a line began before the offset and is not at its end, reading begins so far before it,
  // and passes by what it counted already: the whole lines in so many bytes.
  std::uint64_t back = 0;
  std::uint64_t replayed = 0;
  std::uint64_t size = 0;        // how far the file was known to reach
  std::int64_t birth = 0;        // nanoseconds since 1970; 0: not told
  std::uint64_t head = 0;        // fingerprint of the first `head_bytes`
  std::uint64_t tail = 0;        // and of the last `tail_bytes` before the offset
  std::uint32_t head_bytes = 0;  // 0: nothing is known of them
  std::uint32_t tail_bytes = 0;
  std::string path = {};  // the last name it was followed by, though it may have another one now
};

// Read positions by source ("access_log:/var/log/nginx/access.log"), so that a reload neither
// skips a line nor counts one twice. Of a source that sees more than kMaxFiles files, those saved
// longest ago are forgotten. Thread-safe.
class Positions {
 public:
  static constexpr std::size_t kMaxFiles = 4096;

  void save(const std::string& source, const Position& position);
  // To be called when a file is given up: its inode may be given to another one. The source stays
  // known.
  void forget(const std::string& source, std::uint64_t device, std::uint64_t inode);
  // The position saved for this very file (device and inode) of this source.
  [[nodiscard]] std::optional<Position> find(const std::string& source, std::uint64_t device,
                                             std::uint64_t inode) const;
  // All positions of this source.
  [[nodiscard]] std::vector<Position> all(const std::string& source) const;
  // Whether anything was saved for this source, that is, whether it was read before.
  [[nodiscard]] bool knows(const std::string& source) const;

  // When the files of this source were last looked for, in nanoseconds since 1970: those born
  // before were seen, later ones may have come and gone under the name that is followed.
  void looked(const std::string& source, std::int64_t at);
  [[nodiscard]] std::optional<std::int64_t> last_look(const std::string& source) const;

 private:
  using File = std::pair<std::uint64_t, std::uint64_t>;  // device, inode
  struct Saved {
    Position position;
    std::uint64_t turn = 0;  // ascends with every save
  };
  using Files = std::map<File, Saved>;
  struct Source {
    Files files;
    std::optional<std::int64_t> looked;
  };
  static void forget_oldest(Files& files);

  mutable std::mutex mutex_;
  std::uint64_t turn_ = 0;
  std::map<std::string, Source> saved_;
};

}  // namespace wayside
