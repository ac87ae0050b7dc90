#include "agent/store/label_pairs.h"

#include <string>
#include <string_view>

#include "agent/store/label_text.h"

namespace wayside {

struct LabelPairs::Chunk {
  std::string text;
  std::vector<std::uint32_t> ends;  // of each series' pairs in the text
};

namespace {

using Chunk = LabelPairs::Chunk;

std::shared_ptr<const Chunk> render(std::span<const SampleView> views) {
  auto chunk = std::make_shared<Chunk>();
  for (const SampleView& view : views) {
    append_label_pairs(chunk->text, view.labels);
    chunk->ends.push_back(static_cast<std::uint32_t>(chunk->text.size()));
  }
  chunk->text.shrink_to_fit();
  return chunk;
}

}  // namespace

std::shared_ptr<const Chunk> LabelPairs::describe(std::size_t chunk, std::span<SampleView> views) {
  std::shared_ptr<const Chunk> rendered;
  {
    const std::lock_guard lock(mutex_);
    if (chunks_.size() <= chunk) chunks_.resize(chunk + 1);
    auto& known = chunks_[chunk];
    // Series that were born since are behind those that were there.
    if (known == nullptr || known->ends.size() < views.size()) known = render(views);
    rendered = known;
  }
  const std::string_view text = rendered->text;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < views.size(); ++i) {
    views[i].label_pairs = text.substr(begin, rendered->ends[i] - begin);
    begin = rendered->ends[i];
  }
  return rendered;
}

}  // namespace wayside
