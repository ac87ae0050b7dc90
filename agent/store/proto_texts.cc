#include "agent/store/proto_texts.h"

#include <string>
#include <string_view>

#include "agent/store/proto_text.h"

namespace wayside {

struct ProtoTexts::Chunk {
  struct Series {
    std::uint32_t begin = 0, time = 0;  // in the text: the start, then the time
  };
  std::string text;
  std::vector<Series> series;  // and one more, for the end of the last
  [[nodiscard]] std::size_t size() const { return series.size() - 1; }
};

namespace {

using Chunk = ProtoTexts::Chunk;

std::shared_ptr<const Chunk> render(Kind kind, std::span<const SampleView> views) {
  auto chunk = std::make_shared<Chunk>();
  chunk->series.reserve(views.size() + 1);
  const auto at = [&chunk] { return static_cast<std::uint32_t>(chunk->text.size()); };
  for (const SampleView& view : views) {
    Chunk::Series series{.begin = at()};
    append_metric_start(chunk->text, kind, view.labels, view.created);
    series.time = at();
    if (kind == Kind::histogram) append_time(chunk->text, view.created);
    chunk->series.push_back(series);
  }
  chunk->series.push_back({.begin = at()});
  chunk->text.shrink_to_fit();
  return chunk;
}

}  // namespace

std::shared_ptr<const Chunk> ProtoTexts::describe(std::size_t chunk, std::span<SampleView> views) {
  std::shared_ptr<const Chunk> rendered;
  {
    const std::lock_guard lock(mutex_);
    if (chunks_.size() <= chunk) chunks_.resize(chunk + 1);
    auto& known = chunks_[chunk];
    // Series that were born since are behind those that were there.
    if (known == nullptr || known->size() < views.size()) known = render(kind_, views);
    rendered = known;
  }
  const std::string_view text = rendered->text;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto [begin, time] = rendered->series[i];
    const std::size_t end = rendered->series[i + 1].begin;
    views[i].proto_start = {text.data() + begin, time - begin};
    views[i].proto_created = {text.data() + time, end - time};
  }
  return rendered;
}

}  // namespace wayside
