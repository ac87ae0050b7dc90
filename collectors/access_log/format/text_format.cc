#include "collectors/access_log/format/text_format.h"

#include <utility>

#include "collectors/access_log/format/parser.h"

namespace wayside {
namespace {

class TextFormat final : public LineFormat {
 public:
  explicit TextFormat(LogFormat format)
      : format_(std::make_shared<const LogFormat>(std::move(format))) {}

  [[nodiscard]] std::string_view text() const override { return format_->text(); }
  [[nodiscard]] std::string shown() const override {
    for (const std::string_view name : {"common", "combined"}) {
      const auto known = compile_log_format(name);
      if (known && known->text() == format_->text()) return std::string(name);
    }
    return "the log_format '" + std::string(format_->text()) + "'";
  }
  [[nodiscard]] bool has_duration() const override { return format_->has_duration(); }
  [[nodiscard]] std::string duration_advice() const override {
    return "add $request_time to nginx's log_format";
  }
  [[nodiscard]] std::unique_ptr<LineParser> parser() const override {
    return std::make_unique<AccessLogParser>(format_);
  }

 private:
  std::shared_ptr<const LogFormat> format_;
};

}  // namespace

FormatPtr text_format(LogFormat format) {
  return std::make_shared<const TextFormat>(std::move(format));
}

}  // namespace wayside
