#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "collectors/access_log/source/line_sink.h"

namespace wayside {

// Gathers single messages into blocks of lines. A message is one line, whatever stands in it. One
// thread.
class LineBatch {
 public:
  LineBatch() : room_(new char[kRoom + kBlockPadding]) {}

  // Hands on what others had before. `sink` is to live until the next flush.
  void add(LineSink& sink, std::string_view message);
  void flush();

 private:
  static constexpr std::size_t kRoom = 256UL * 1024;

  std::unique_ptr<char[]> room_;
  std::size_t used_ = 0;
  LineSink* sink_ = nullptr;
};

}  // namespace wayside
