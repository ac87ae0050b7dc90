#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "collectors/access_log/source/wrapped_lines.h"

namespace wayside {

class TextKept final : public LineSink {
 public:
  explicit TextKept(std::string& text) : text_(text) {}
  void head(std::string_view) override {}
  void lines(std::string_view block) override {
    if (block.empty() || block.back() != '\n') std::abort();
    text_.append(block);
  }
  void line_too_long() override {}

 private:
  std::string& text_;
};

// Hands over whole lines in blocks of at least `bytes`.
inline std::string unwrapped(std::string_view text, Wrapper wrapper, std::size_t bytes) {
  std::string out;
  WrappedLines lines(std::make_unique<TextKept>(out), wrapper);
  while (!text.empty()) {
    const auto end = text.find('\n', std::min(bytes, text.size() - 1));
    if (end == std::string_view::npos) break;
    const auto block = std::make_unique<char[]>(end + 1 + kBlockPadding);
    std::memcpy(block.get(), text.data(), end + 1);
    lines.lines({block.get(), end + 1});
    text.remove_prefix(end + 1);
  }
  lines.end();
  return out;
}

inline void fuzz_unwrap(std::optional<WrappedText> (*unwrap)(std::string_view, char*),
                        Wrapper wrapper, std::string_view input) {
  const auto line = input.substr(0, input.find('\n'));
  const auto block = std::make_unique<char[]>(line.size() + 1 + kBlockPadding);
  std::memcpy(block.get(), line.data(), line.size());
  block[line.size()] = '\n';
  const auto out = std::make_unique<char[]>(line.size() + kUnwrapSlack);
  const auto wrapped = unwrap({block.get(), line.size()}, out.get());
  if (wrapped && wrapped->size > line.size()) std::abort();
  if (wrapped && std::memchr(out.get(), '\n', wrapped->size) != nullptr) std::abort();
  const auto text = input.substr(0, input.rfind('\n') + 1);
  // Blocks of one line each are handed on one by one, so that only what is said can be compared.
  if (unwrapped(text, wrapper, 0) != unwrapped(text, wrapper, 1UL << 20U)) std::abort();
}

}  // namespace wayside
