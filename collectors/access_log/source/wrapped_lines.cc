#include "collectors/access_log/source/wrapped_lines.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "collectors/access_log/source/cri_line.h"
#include "collectors/access_log/source/docker_line.h"

namespace wayside {
namespace {

// Keeps the whole lines of a head.
class HeadKept final : public LineSink {
 public:
  void head(std::string_view) override {}
  void lines(std::string_view block) override { text.append(block); }
  void line_too_long() override {}
  std::string text;
};

}  // namespace

WrappedLines::WrappedLines(std::unique_ptr<LineSink> inner, Wrapper wrapper,
                           std::shared_ptr<CutLines> before)
    : inner_(std::move(inner)), asked_(wrapper), wrapper_(wrapper), before_(std::move(before)) {}

void WrappedLines::head(std::string_view lines) {
  wrapper_ = asked_;
  if (asked_ == Wrapper::automatic && !lines.empty()) wrapper_ = tell_wrapper(lines);
  // Where the file begins anew the rest of a cut line comes in it, from its first byte on.
  for (auto& cut_line : *cut_) cut_line.since = 0;
  if (wrapper_ == Wrapper::none || lines.empty()) {
    inner_->head(lines);
    return;
  }
  auto kept = std::make_unique<HeadKept>();
  HeadKept& unwrapped = *kept;
  WrappedLines head(std::move(kept), wrapper_);
  head.lines(lines);
  const auto size = unwrapped.text.size();
  unwrapped.text.append(kBlockPadding, '\0');
  inner_->head(std::string_view(unwrapped.text).substr(0, size));
}

void WrappedLines::lines(std::string_view block) {
  if (wrapper_ == Wrapper::automatic) wrapper_ = tell_wrapper(block);
  if (wrapper_ == Wrapper::none) {
    inner_->lines(block);
    return;
  }
  unwrap_all(block);
  flush();
}

void WrappedLines::unwrap_all(std::string_view block) {
  // No line grows by being unwrapped.
  if (room_ < block.size()) {
    room_ = block.size();
    out_.reset(new char[room_ + kBlockPadding]);
  }
  while (!block.empty()) {
    const auto end = block.find('\n');
    unwrap_one(block.substr(0, end));
    block.remove_prefix(end + 1);
  }
}

void WrappedLines::unwrap_one(std::string_view line) {
  static_assert(kBlockPadding >= kUnwrapSlack);
  const bool replayed = replay_ > 0;
  if (replayed) replay_ -= std::min<std::uint64_t>(replay_, line.size() + 1);
  if (any_open_) {
    for (auto& cut_line : *cut_) cut_line.since += cut_line.open ? line.size() + 1 : 0;
  }
  char* const out = out_.get() + used_;
  const auto wrapped =
      wrapper_ == Wrapper::docker ? unwrap_docker(line, out) : unwrap_cri(line, out);
  if (!wrapped) {
    if (!replayed) keep(line);
    return;
  }
  if (before_) take_over(wrapped->stream);
  CutLine& cut = (*cut_)[static_cast<std::size_t>(wrapped->stream)];
  if (wrapped->partial || cut.open) {
    if (!cut.open) cut.since = line.size() + 1;
    join(*wrapped, {out, wrapped->size}, replayed);
  } else if (!replayed) {
    out[wrapped->size] = '\n';
    used_ += wrapped->size + 1;
  }
}

// The first line of an output ends the one that was cut by the rotation.
void WrappedLines::take_over(OutputStream stream) {
  const auto index = static_cast<std::size_t>(stream);
  CutLine& before = (*before_)[index];
  if (before.open && !(*cut_)[index].open) {
    (*cut_)[index] = std::exchange(before, {});
    (*cut_)[index].since = 0;
    any_open_ = true;
  }
  const bool done =
      std::none_of(before_->begin(), before_->end(), [](const CutLine& line) { return line.open; });
  if (done) before_.reset();
}

void WrappedLines::join(const WrappedText& wrapped, std::string_view text, bool replayed) {
  CutLine& cut_line = (*cut_)[static_cast<std::size_t>(wrapped.stream)];
  cut_line.open = any_open_ = true;
  if (cut_line.text.size() + text.size() > kMaxLineBytes) {
    cut_line.too_long = true;
    cut_line.text.clear();
  }
  if (!cut_line.too_long) cut_line.text.append(text);
  if (wrapped.partial) return;
  if (!replayed) hand_on(cut_line);
  close(cut_line);
}

void WrappedLines::hand_on(CutLine& cut_line) {
  flush();
  if (cut_line.too_long) {
    inner_->line_too_long();
    return;
  }
  const auto size = cut_line.text.size() + 1;
  cut_line.text.append(1, '\n').append(kBlockPadding, '\0');
  inner_->lines(std::string_view(cut_line.text).substr(0, size));
}

void WrappedLines::close(CutLine& cut_line) {
  cut_line.text.clear();
  cut_line.since = 0;
  cut_line.open = cut_line.too_long = false;
  any_open_ =
      std::any_of(cut_->begin(), cut_->end(), [](const CutLine& line) { return line.open; });
}

void WrappedLines::keep(std::string_view text) {
  std::memcpy(out_.get() + used_, text.data(), text.size());
  used_ += text.size();
  out_[used_++] = '\n';
}

void WrappedLines::flush() {
  if (used_ == 0) return;
  inner_->lines({out_.get(), std::exchange(used_, 0)});
}

void WrappedLines::line_too_long() {
  // Whose it was cannot be told, nor how long: no cut line can be found again from here.
  for (auto& cut_line : *cut_) {
    if (!cut_line.open) continue;
    inner_->line_too_long();
    close(cut_line);
  }
  inner_->line_too_long();
}

HeldBytes WrappedLines::held() const {
  const auto back = std::max((*cut_)[0].since, (*cut_)[1].since);
  return {.back = back, .replayed = back + replay_};
}

void WrappedLines::end() {
  for (auto& cut_line : *cut_) {
    if (!cut_line.open) continue;
    hand_on(cut_line);
    close(cut_line);
  }
  inner_->end();
}

}  // namespace wayside
