#include "collectors/access_log/format/text_format.h"

#include <utility>

#include "collectors/access_log/format/colours.h"
#include "collectors/access_log/format/parser.h"

namespace wayside {
namespace {

class TextFormat final : public LineFormat {
 public:
  TextFormat(LogFormat format, FormatWords words)
      : format_(std::make_shared<const LogFormat>(std::move(format))), words_(std::move(words)) {}

  [[nodiscard]] std::string_view text() const override {
    return words_.name.empty() ? format_->text() : words_.name;
  }
  [[nodiscard]] std::string shown() const override {
    if (!words_.name.empty()) return words_.name;
    return words_.writer + " '" + std::string(format_->text()) + "'";
  }
  [[nodiscard]] bool has_duration() const override { return format_->has_duration(); }
  [[nodiscard]] std::string duration_advice() const override { return words_.advice; }
  [[nodiscard]] std::optional<std::size_t> unnamed() const override { return words_.unnamed; }
  [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
    auto parser = std::make_unique<AccessLogParser>(format_);
    if (!format_->coloured()) return parser;
    return std::make_unique<ColourlessParser>(std::move(parser));
  }

 private:
  std::shared_ptr<const LogFormat> format_;
  FormatWords words_;
};

}  // namespace

FormatPtr text_format(LogFormat format, FormatWords words) {
  return std::make_shared<const TextFormat>(std::move(format), std::move(words));
}

}  // namespace wayside
