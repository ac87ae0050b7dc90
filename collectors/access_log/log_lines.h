#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "agent/core/request.h"
#include "collectors/access_log/format_book.h"
#include "collectors/access_log/more_lines.h"
#include "collectors/access_log/source/line_sink.h"
#include "collectors/access_log/telemetry.h"

namespace wayside {

// Parses the lines of one file into requests. Where its format is not given, it is told by the
// file's first lines; where those do not tell, by later ones, and until then lines are counted
// as of unknown format. When a format that was told reads nothing any more, it is told anew, and
// what it did not read at the end is read again.
class LogLines final : public LineSink {
 public:
  // All outlive it.
  LogLines(std::string path, FormatBook& formats, RequestSink& requests,
           const SourceTelemetry& telemetry);

  void head(std::string_view lines) override;
  void lines(std::string_view block) override;
  void line_too_long() override;

 private:
  // So many lines in a row that cannot be read raise the question whether the format changed; one
  // does where none was read so far.
  static constexpr std::uint64_t kDoubt = 5;
  // Lines are looked at in pieces of this size.
  static constexpr std::size_t kPieceBytes = 16UL * 1024;
  // How often a piece is read on in another format.
  static constexpr unsigned kTurns = 8;
  // So many pieces that do not tell their format are searched for a part that does.
  static constexpr unsigned kSearches = 4;
  // So many lines without a request raise the question whether their keys are known.
  static constexpr std::uint64_t kTalk = 20;

  void use(FormatPtr format, std::string_view told_by);
  void read_unknown(std::string_view lines);
  [[nodiscard]] std::string_view search(std::string_view lines) const;
  [[nodiscard]] std::string_view find_telling(std::string_view lines) const;
  void read(std::string_view lines);
  std::string_view read_front(std::string_view lines);
  [[nodiscard]] std::string_view unread_end(std::string_view lines,
                                            const ParseCounts& counts) const;
  [[nodiscard]] bool doubts(std::string_view unread, const ParseCounts& counts);
  bool tell_anew(std::string_view unread);
  void learn_more(std::string_view lines, std::uint64_t count);
  void notice_talk(std::string_view lines, const ParseCounts& counts);

  std::string path_;
  FormatBook& formats_;
  RequestSink& requests_;
  const SourceTelemetry& telemetry_;
  FormatPtr format_;
  std::unique_ptr<LineParser> parser_;
  MoreLines more_;
  unsigned searches_ = 0;
  std::uint64_t unread_in_a_row_ = 0;
  std::uint64_t doubt_at_ = 1;
  std::uint64_t talk_ = 0;  // lines without a request, while there was none
};

}  // namespace wayside
