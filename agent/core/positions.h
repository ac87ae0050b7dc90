#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace wayside {

// Where in a file reading goes on: the first byte of a line not yet counted, or not to its end.
struct Position {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t offset = 0;
  std::uint64_t replayed = 0;  // bytes from there on whose whole lines were counted already
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
  // Whether anything was saved for this source, that is, whether it was read before.
  [[nodiscard]] bool knows(const std::string& source) const;

 private:
  using File = std::pair<std::uint64_t, std::uint64_t>;  // device, inode
  struct Saved {
    std::uint64_t offset = 0;
    std::uint64_t replayed = 0;
    std::uint64_t turn = 0;  // ascends with every save
  };
  using Files = std::map<File, Saved>;
  static void forget_oldest(Files& files);

  mutable std::mutex mutex_;
  std::uint64_t turn_ = 0;
  std::map<std::string, Files> saved_;
};

}  // namespace wayside
