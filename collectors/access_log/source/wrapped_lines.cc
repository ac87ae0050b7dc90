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

WrappedLines::WrappedLines(std::unique_ptr<LineSink> inner, Wrapper wrapper)
    : inner_(std::move(inner)), asked_(wrapper), wrapper_(wrapper) {}

void WrappedLines::head(std::string_view lines) {
  wrapper_ = asked_;
  if (asked_ == Wrapper::automatic && !lines.empty()) wrapper_ = tell_wrapper(lines);
  // Where the file begins anew the rest of a cut line comes in it, from its first byte on.
  for (auto& partial : partials_) partial.since = 0;
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
    for (auto& partial : partials_) partial.since += partial.open ? line.size() + 1 : 0;
  }
  char* const out = out_.get() + used_;
  const auto wrapped =
      wrapper_ == Wrapper::docker ? unwrap_docker(line, out) : unwrap_cri(line, out);
  if (!wrapped) {
    if (!replayed) keep(line);
    return;
  }
  if (wrapped->partial || partials_[static_cast<std::size_t>(wrapped->stream)].open) {
    Partial& partial = partials_[static_cast<std::size_t>(wrapped->stream)];
    if (!partial.open) partial.since = line.size() + 1;
    join(*wrapped, {out, wrapped->size}, replayed);
  } else if (!replayed) {
    out[wrapped->size] = '\n';
    used_ += wrapped->size + 1;
  }
}

void WrappedLines::join(const WrappedText& wrapped, std::string_view text, bool replayed) {
  Partial& partial = partials_[static_cast<std::size_t>(wrapped.stream)];
  partial.open = any_open_ = true;
  if (partial.text.size() + text.size() > kMaxLineBytes) {
    partial.too_long = true;
    partial.text.clear();
  }
  if (!partial.too_long) partial.text.append(text);
  if (wrapped.partial) return;
  if (!replayed) hand_on(partial);
  close(partial);
}

void WrappedLines::hand_on(Partial& partial) {
  flush();
  if (partial.too_long) {
    inner_->line_too_long();
    return;
  }
  const auto size = partial.text.size() + 1;
  partial.text.append(1, '\n').append(kBlockPadding, '\0');
  inner_->lines(std::string_view(partial.text).substr(0, size));
}

void WrappedLines::close(Partial& partial) {
  partial.text.clear();
  partial.since = 0;
  partial.open = partial.too_long = false;
  any_open_ = std::any_of(partials_.begin(), partials_.end(),
                          [](const Partial& other) { return other.open; });
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
  for (auto& partial : partials_) {
    if (!partial.open) continue;
    inner_->line_too_long();
    close(partial);
  }
  inner_->line_too_long();
}

HeldBytes WrappedLines::held() const {
  const auto back = std::max(partials_[0].since, partials_[1].since);
  return {.back = back, .replayed = back + replay_};
}

void WrappedLines::end() {
  for (auto& partial : partials_) {
    if (!partial.open) continue;
    hand_on(partial);
    close(partial);
  }
  inner_->end();
}

}  // namespace wayside
