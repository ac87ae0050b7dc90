#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agent/core/request.h"
#include "collectors/access_log/format/problem.h"

namespace wayside {

// Reads the lines of one file into requests. One thread at a time.
class LineParser {
 public:
  virtual ~LineParser() = default;

  // Parses whole lines: `block` is empty or ends in '\n', and kReadableAfterBlock (64) bytes after
  // it are readable. Hands the requests on in the order of their lines, in batches; their views
  // point into the block and this parser, and are valid during the sink's call. Lines end in
  // "\n" or "\r\n"; empty ones are passed over in silence. Every other line is one request, one
  // counted problem, or one that `counts.others` tells of.
  virtual void parse(std::string_view block, RequestSink& sink, ParseCounts& counts) = 0;
};

// How the lines of a file are written, whatever wrote them. Immutable; any thread may ask.
class LineFormat {
 public:
  virtual ~LineFormat() = default;

  // As a config's `format` could have it. Formats of one text are one format.
  [[nodiscard]] virtual std::string_view text() const = 0;
  // For people: "combined", "the log_format '…'".
  [[nodiscard]] virtual std::string shown() const = 0;
  // Whether a latency can come of it at all, and for people, what to do where none can.
  [[nodiscard]] virtual bool has_duration() const = 0;
  [[nodiscard]] virtual std::string duration_advice() const = 0;

  // Where a file's lines told it column by column: how many columns it passes over because these
  // lines did not tell what they are. Others may.
  [[nodiscard]] virtual std::optional<std::size_t> unnamed() const { return std::nullopt; }

  // A parser for one file. It may outlive the format.
  [[nodiscard]] virtual std::unique_ptr<LineParser> parser() const = 0;
};

using FormatPtr = std::shared_ptr<const LineFormat>;

}  // namespace wayside
