#include "collectors/access_log/survey.h"

#include <sys/stat.h>

#include <cstring>
#include <memory>
#include <numeric>
#include <optional>
#include <vector>

#include "collectors/access_log/collector.h"
#include "collectors/access_log/feeds.h"
#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/format/json_format.h"
#include "collectors/access_log/log_lines.h"
#include "collectors/access_log/source/followed_file.h"
#include "collectors/access_log/source/path_pattern.h"
#include "collectors/access_log/source/wrapped_lines.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxTried = 20;  // files of one glob

struct Matches {
  std::vector<std::string> files;
  std::string failure;  // the first thing that could not be looked into
};

Matches find_files(const std::string& path) {
  Matches matches;
  const PathPattern::Visitor visitor{
      .directory = [](const std::string&, const std::string&, bool) {},
      .match =
          [&](const std::string& found) {
            struct stat status {};
            if (::stat(found.c_str(), &status) == 0 && S_ISREG(status.st_mode)) {
              matches.files.push_back(found);
            }
          },
      .failed =
          [&](const std::string& what, int code) {
            if (matches.failure.empty()) matches.failure = system_error(what, code).message;
          }};
  if (!PathPattern(path).walk(visitor)) matches.failure = "matches too much";
  return matches;
}

class HeadOnly final : public LineSink {
 public:
  void head(std::string_view lines) override { text_ = lines; }
  void lines(std::string_view) override {}
  void line_too_long() override {}
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class RequestsCounted final : public RequestSink {
 public:
  void on(std::span<const Request> requests) override { count_ += requests.size(); }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

// Where other lines than requests are well-formed, too, that they can be read says little.
std::string share_of_requests(std::size_t requests, const LineFormat& format) {
  if (requests > 0) return ", " + std::to_string(requests) + " of them as requests";
  const bool json = is_json_name(format.text());
  return std::string(", but none of them tells of a request") +
         (json ? ": `fields:` names keys that wayside does not know" : "");
}

std::string hint(const LineFormat& format) {
  return format.has_duration() ? "" : "; it tells no durations: " + format.duration_advice();
}

Result<FormatPtr> format_of(const AccessLogConfig& config, std::string_view head) {
  return config.format == "auto" ? tell_format(head, config.options)
                                 : named_format(config.format, config.options);
}

Error nothing_matches(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
    return Error{path + " is a directory; its files are " + path + "/*"};
  }
  return Error{"no file matches " + path};
}

// The first lines as they come out of a container engine's wrapper, or as they are.
class Unwrapped {
 public:
  explicit Unwrapped(Wrapper wrapper) {
    auto head = std::make_unique<HeadOnly>();
    head_ = head.get();
    lines_ = std::make_unique<WrappedLines>(std::move(head), wrapper);
  }
  [[nodiscard]] LineSink& sink() const { return *lines_; }
  [[nodiscard]] const std::string& text() const { return head_->text(); }
  // " within Docker's json-file", where they are.
  [[nodiscard]] std::string within() const {
    const Wrapper wrapper = lines_->wrapper();
    const bool wrapped = wrapper == Wrapper::docker || wrapper == Wrapper::cri;
    return wrapped ? " within " + std::string(to_string(wrapper)) : "";
  }

 private:
  HeadOnly* head_;
  std::unique_ptr<WrappedLines> lines_;
};

// Says how much of a file's first lines its format reads.
Result<std::string> try_lines(const AccessLogConfig& config, const std::string& head) {
  const auto format = format_of(config, head);
  if (!format) return format.error();
  std::vector<char> block(head.size() + kBlockPadding);
  std::memcpy(block.data(), head.data(), head.size());
  RequestsCounted sink;
  ParseCounts counts;
  (*format)->parser()->parse({block.data(), head.size()}, sink, counts);
  const auto bad = std::accumulate(counts.problems.begin(), counts.problems.end(), 0UL);
  const std::string share = std::to_string(counts.lines - bad) + " of its first " +
                            std::to_string(counts.lines) + " lines can be read as " +
                            (*format)->shown() +
                            (counts.others > 0 ? share_of_requests(sink.count(), **format) : "");
  if (counts.lines > 0 && bad == counts.lines) return Error{share};
  return share + hint(**format);
}

Result<std::string> try_file(const AccessLogConfig& config, const std::string& path) {
  auto file = FollowedFile::open(path);
  if (!file) return file.error().in(path);
  ReadBuffer buffer;
  const Unwrapped head(config.wrapper);
  auto turn = file->read(buffer, head.sink(), 0);
  if (!turn) return turn.error().in(path);
  if (turn->not_text) return path + ": compressed, and left out";
  if (head.text().empty()) return path + ": no whole line yet";
  auto tried = try_lines(config, head.text());
  if (!tried) return tried.error().in(path);
  return path + ": " + *tried + head.within();
}

}  // namespace

std::string describe_access_log(const AccessLogConfig& config) {
  if (auto feed = describe_feed(config); !feed.empty()) return feed;
  const auto matches = find_files(config.path);
  std::size_t readable = 0;
  std::string trouble = matches.failure;
  for (const auto& path : matches.files) {
    if (auto file = FollowedFile::open(path)) {
      ++readable;
    } else if (trouble.empty()) {
      trouble = file.error().in(path).message;
    }
  }
  std::string text = config.path;
  if (matches.files.empty()) {
    text += " (no file yet";
  } else {
    text += " (" + std::to_string(readable) + (readable == 1 ? " file" : " files");
  }
  if (!trouble.empty()) text += "; " + trouble;
  return text + ")";
}

Result<void> try_access_log(const AccessLogConfig& config, std::string& report) {
  if (!describe_feed(config).empty()) {
    auto tried = try_feed(config);
    report = tried ? *tried : tried.error().message;
    if (!tried) return tried.error();
    return {};
  }
  const auto matches = find_files(config.path);
  if (!matches.failure.empty()) return Error{matches.failure};
  if (matches.files.empty()) return nothing_matches(config.path);
  std::size_t tried = 0;
  std::optional<Error> first;
  for (const auto& path : matches.files) {
    if (tried++ == kMaxTried) break;
    auto said = try_file(config, path);
    if (!report.empty()) report += '\n';
    report += said ? *said : said.error().message;
    if (!said && !first) first = said.error();
  }
  if (matches.files.size() > kMaxTried) {
    report += "\n… and " + std::to_string(matches.files.size() - kMaxTried) + " more";
  }
  if (first) return *first;
  return {};
}

}  // namespace wayside
