#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "agent/core/log.h"
#include "agent/core/positions.h"
#include "collectors/access_log/source/follower.h"

namespace wayside {

// A directory of its own that goes when the test ends.
class TempDir {
 public:
  TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir();
  [[nodiscard]] std::string file(std::string_view name) const { return (path_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Writes to a file through one descriptor, whatever the file is renamed to, as servers do.
class Writer {
 public:
  explicit Writer(std::string path);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();
  void write(std::string_view text) const;
  void reopen();

 private:
  std::string path_;
  int fd_ = -1;
};

// Cuts a file as copytruncate does: what was there goes on under another name.
void copy_and_cut(const std::string& path, const std::string& copy);

inline void append(const std::string& path, std::string_view text) {
  Writer(path).write(text);
}

// Polls until it is so, or too late.
bool eventually(const std::function<bool()>& so);

class LogKept final : public Log {
 public:
  void write(Level level, std::string_view message) override;
  [[nodiscard]] bool has(std::string_view part) const;
  [[nodiscard]] std::size_t count(std::string_view part) const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> messages_;
};

// What sinks were given, of all sources. Thread-safe.
class Gathered {
 public:
  std::unique_ptr<LineSink> sink();
  [[nodiscard]] std::vector<std::string> lines() const;
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] std::size_t long_lines() const;
  [[nodiscard]] std::string head() const;
  // How often each line came.
  [[nodiscard]] std::map<std::string, int> counts() const;

 private:
  friend class GatheringSink;
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  std::string head_;
  std::size_t long_lines_ = 0;
};

// Times short enough for tests; the parts that must hold without events hold with these as well.
FollowTimes quick_times();

// A follower on a thread of its own.
class Following {
 public:
  struct Shared {
    Positions positions;
    LogKept log;
    Gathered gathered;
    SystemClock clock;
    std::function<std::string_view(int)> silent = silent_file_system_of;
    std::function<std::unique_ptr<LineSink>()> sink = [this] { return gathered.sink(); };
  };
  Following(Shared& shared, std::vector<FollowSource> sources, FollowTimes times = quick_times());
  ~Following() { stop(); }
  Following(const Following&) = delete;
  Following& operator=(const Following&) = delete;

  void stop();
  [[nodiscard]] FollowStats stats(std::size_t source = 0) const;
  [[nodiscard]] bool caught_up() const { return follower_->caught_up(); }

 private:
  mutable std::mutex mutex_;
  std::vector<FollowStats> stats_;
  std::unique_ptr<Follower> follower_;
  std::jthread thread_;
};

}  // namespace wayside
