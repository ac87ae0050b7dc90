#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>

#include "tests/collectors/access_log/source/follow_fixture.h"
#include "tests/collectors/access_log/source/tally_fixture.h"

namespace wayside {

// A writer of numbered lines whose file is rotated in six ways: renamed, copied and cut, deleted
// and made anew, switched by a symbolic link, left for one named by a date, and renamed several
// times in a burst. It writes lines in parts, and goes on in the old file for a while.
class Tormentor {
 public:
  Tormentor(std::string directory, std::size_t lines, const Tally& read);

  // Writes all lines. Reads from `read` whether the present file was met: what nobody has opened
  // yet can be deleted, cut or switched without a trace.
  void run();
  // Leaves that way out.
  void spare_from_deletion() { deletes_ = false; }

  [[nodiscard]] std::string log() const { return directory_ + "/access.log"; }
  [[nodiscard]] std::string dated() const { return directory_ + "/day-*.log"; }
  [[nodiscard]] const std::array<int, 6>& turns() const { return turns_; }

 private:
  void write(std::size_t lines);
  void rotate();
  void open(const std::string& path);
  void await_reader();
  void move_away();
  void rename();
  void copy_and_cut_it();
  void remove();
  void switch_link();
  void new_day();
  void burst();
  std::size_t pick(std::size_t least, std::size_t most);

  std::string directory_;
  std::size_t lines_;
  const Tally& read_;
  std::mt19937 random_{11};  // NOLINT: the same moments every time
  std::unique_ptr<Writer> writer_;
  std::size_t written_ = 0;
  std::size_t begun_ = 0;  // lines written before the present file
  int names_ = 0;
  bool deletes_ = true;
  std::array<int, 6> turns_{};
};

}  // namespace wayside
