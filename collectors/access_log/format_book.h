#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "agent/core/log.h"
#include "agent/core/result.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// The formats of one source's files: given by the config, or told from the files' own lines.
// Says in the log what was decided, once. One thread at a time.
class FormatBook {
 public:
  // `given`: null where files are to tell it themselves. `log` outlives it.
  FormatBook(FormatPtr given, FormatOptions options, Log& log);

  [[nodiscard]] const FormatPtr& given() const { return given_; }

  // The format of the file at `path` by some of its lines, which says why where they do not tell.
  // What the file there before was written in is taken, where it reads these lines as well: more
  // of them told it.
  Result<FormatPtr> tell(const std::string& path, std::string_view lines);
  // What lines tell that is not taken for any file's format.
  [[nodiscard]] Result<FormatPtr> told_by(std::string_view lines) const;
  // What more lines of a file tell; null where that is nothing new, or would pass over more columns
  // than so many.
  FormatPtr tell_more(const std::string& path, std::string_view lines, std::size_t unnamed);
  // What files at `path` were written in before; null where that is unknown.
  [[nodiscard]] FormatPtr last(const std::string& path) const;
  // Whether nothing more is to be told of it, and that this is so now.
  [[nodiscard]] bool is_settled(const std::string& path) const;
  void settle(const std::string& path);
  // No line of the file tells its format.
  void give_up(const std::string& path, const Error& why);

 private:
  struct Entry {
    FormatPtr format;
    bool settled = false;
  };
  FormatPtr keep(const std::string& path, FormatPtr told);
  void warn_of_no_duration(const LineFormat& format, const std::string& path);

  static constexpr std::size_t kMaxPaths = 4096;

  FormatPtr given_;
  FormatOptions options_;
  Log& log_;
  std::map<std::string, FormatPtr, std::less<>> by_text_;
  std::map<std::string, Entry> by_path_;
  std::set<std::string> undecided_;  // paths whose failure was told
  bool warned_of_no_duration_ = false;
};

}  // namespace wayside
