#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "agent/core/log.h"
#include "agent/core/request.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/options.h"
#include "collectors/access_log/source/line_sink.h"
#include "collectors/access_log/telemetry.h"

namespace wayside {

// The formats of one source's files: given by the config, or told from the files' own lines.
// Says in the log what was decided, once. One thread at a time.
class FormatBook {
 public:
  // `given`: null where files are to tell it themselves. `log` outlives it.
  FormatBook(FormatPtr given, FormatOptions options, Log& log);

  [[nodiscard]] const FormatPtr& given() const { return given_; }

  // The format of the file at `path` by some of its lines; null where they do not tell.
  FormatPtr decide(const std::string& path, std::string_view lines);
  // What files at `path` were written in before; null where that is unknown.
  [[nodiscard]] FormatPtr last(const std::string& path) const;

 private:
  void announce(const std::string& path, const LineFormat& format);
  void warn_of_no_duration(const LineFormat& format, const std::string& path);

  static constexpr std::size_t kMaxPaths = 4096;

  FormatPtr given_;
  FormatOptions options_;
  Log& log_;
  std::map<std::string, FormatPtr, std::less<>> by_text_;
  std::map<std::string, FormatPtr> by_path_;
  std::set<std::string> undecided_;  // paths whose failure was told
  bool warned_of_no_duration_ = false;
};

// Parses the lines of one file into requests. Where its format is not given, it is told by the
// file's first lines; where those do not tell, by later ones, and until then lines are counted
// as of unknown format. When a format that was told no longer reads anything, it is told anew.
class LogLines final : public LineSink {
 public:
  // All outlive it.
  LogLines(std::string path, FormatBook& formats, RequestSink& requests,
           const SourceTelemetry& telemetry);

  void head(std::string_view lines) override;
  void lines(std::string_view block) override;
  void line_too_long() override;

 private:
  // So many lines in a row that cannot be read raise the question whether the format changed.
  static constexpr std::uint64_t kDoubt = 5;
  static constexpr std::size_t kDecideBytes = 16UL * 1024;

  bool decide(std::string_view lines);
  void use(FormatPtr format);
  bool doubts(const ParseCounts& counts);

  std::string path_;
  FormatBook& formats_;
  RequestSink& requests_;
  const SourceTelemetry& telemetry_;
  FormatPtr format_;
  std::unique_ptr<LineParser> parser_;
  std::uint64_t unread_in_a_row_ = 0;
};

}  // namespace wayside
