#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "collectors/access_log/source/line_sink.h"
#include "collectors/access_log/source/wrapped_text.h"
#include "collectors/access_log/source/wrapper.h"

namespace wayside {

// A line of one output whose rest is to come.
struct CutLine {
  std::string text;
  std::uint64_t since = 0;  // bytes of the file from its first part on
  bool open = false;
  bool too_long = false;
};
using CutLines = std::array<CutLine, kOutputStreams>;

// Takes a container engine's wrapper from around the lines of one file and hands on what the
// program wrote; lines that were cut are joined, each output's by itself. A line that has no
// wrapper is handed on as it is, for the format to judge. One thread.
//
// A line whose rest has not come yet is not kept over a restart: reading then begins where the
// first of these began (`held`), and what was whole since then is passed by (`replay`).
class WrappedLines final : public LineSink {
 public:
  // `before`: those of the file that had this one's name before it was rotated, where that is
  // still read; their rest comes first in this one.
  WrappedLines(std::unique_ptr<LineSink> inner, Wrapper wrapper,
               std::shared_ptr<CutLines> before = nullptr);

  void head(std::string_view lines) override;
  void lines(std::string_view block) override;
  void line_too_long() override;
  [[nodiscard]] HeldBytes held() const override;
  void replay(std::uint64_t bytes) override { replay_ = bytes; }
  void end() override;

  // `automatic` until lines have told.
  [[nodiscard]] Wrapper wrapper() const { return wrapper_; }
  // For the file that follows this one under its name.
  [[nodiscard]] const std::shared_ptr<CutLines>& cut_lines() const { return cut_; }

 private:
  void unwrap_all(std::string_view block);
  void unwrap_one(std::string_view line);
  void join(const WrappedText& wrapped, std::string_view text, bool replayed);
  void take_over(OutputStream stream);
  void hand_on(CutLine& line);
  void close(CutLine& line);
  void keep(std::string_view text);
  void flush();

  std::unique_ptr<LineSink> inner_;
  const Wrapper asked_;
  Wrapper wrapper_;
  std::shared_ptr<CutLines> cut_ = std::make_shared<CutLines>();
  std::shared_ptr<CutLines> before_;
  std::uint64_t replay_ = 0;  // bytes to come that were handed on before
  bool any_open_ = false;
  std::unique_ptr<char[]> out_;  // whole lines, to be handed on together
  std::size_t room_ = 0;
  std::size_t used_ = 0;
};

}  // namespace wayside
