#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collectors/access_log/format/scan.h"

namespace wayside::bench {

inline constexpr std::size_t kLogBytes = std::size_t{64} << 20U;

// A log in memory, cut into blocks of whole lines. Each block is copied into one buffer before it
// is parsed, as a read from the page cache would do it.
class MemoryLog {
 public:
  explicit MemoryLog(std::string text)
      : text_(std::move(text)), buffer_(kBlock + kReadableAfterBlock, '\0') {
    std::string_view rest = text_;
    while (!rest.empty()) {
      std::size_t size = std::min(kBlock, rest.size());
      size = rest.substr(0, size).rfind('\n') + 1;
      blocks_.push_back(rest.substr(0, size));
      rest.remove_prefix(size);
    }
  }
  template <typename Use>
  void each_block(const Use& use) {
    for (const std::string_view block : blocks_) {
      std::memcpy(buffer_.data(), block.data(), block.size());
      use(std::string_view(buffer_).substr(0, block.size()));
    }
  }
  [[nodiscard]] std::size_t size() const { return text_.size(); }

 private:
  static constexpr std::size_t kBlock = std::size_t{256} << 10U;

  std::string text_;
  std::string buffer_;
  std::vector<std::string_view> blocks_;
};

}  // namespace wayside::bench
