#include "tests/collectors/access_log/source/tally_fixture.h"

#include <charconv>

namespace wayside {

class TallySink final : public LineSink {
 public:
  explicit TallySink(Tally& tally) : tally_(tally) {}

  void head(std::string_view /*lines*/) override {}
  void lines(std::string_view block) override {
    tally_.bytes_ += block.size();
    std::size_t lines = 0;
    for (; !block.empty(); ++lines) {
      const auto end = block.find('\n');
      take(block.substr(0, end));
      block.remove_prefix(end + 1);
    }
    tally_.lines_ += lines;
  }
  void line_too_long() override { ++tally_.strange_; }

 private:
  void take(std::string_view line) const {
    std::size_t number = 0;
    const auto [end, code] = std::from_chars(line.data(), line.data() + line.size(), number);
    const bool whole = line.ends_with("end") && code == std::errc{} && *end == ' ';
    if (!whole || number >= tally_.counts_.size()) {
      ++tally_.strange_;
    } else {
      ++tally_.counts_[number];
    }
  }

  Tally& tally_;
};

std::unique_ptr<LineSink> Tally::sink() {
  return std::make_unique<TallySink>(*this);
}

}  // namespace wayside
