#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "collectors/access_log/source/line_sink.h"

namespace wayside {

// Cuts a stream of bytes into lines; keeps half a line until its rest comes. One thread.
class LineCutter {
 public:
  LineCutter() : bytes_(new char[kSize + kBlockPadding]()) {}

  // Where the next bytes are to be put. Never empty.
  [[nodiscard]] std::span<char> room() { return {bytes_.get() + held_, kSize - held_}; }
  // `count` bytes were put there.
  void take(std::size_t count, LineSink& sink);
  // No more will come: what stands without a newline was a line.
  void end(LineSink& sink);

  // Half a line, for another cutter to go on with.
  [[nodiscard]] std::string_view held() const { return {bytes_.get(), held_}; }
  void go_on_with(std::string_view held);

 private:
  static constexpr std::size_t kSize = 256UL * 1024;

  std::unique_ptr<char[]> bytes_;
  std::size_t held_ = 0;
  bool skipping_ = false;  // within a line that is too long
};

}  // namespace wayside
