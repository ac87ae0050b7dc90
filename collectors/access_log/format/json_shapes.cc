#include "collectors/access_log/format/json_shapes.h"

#include <algorithm>
#include <cstring>

namespace wayside {

bool JsonShapes::stands_at(const char* p, const Step& step) {
#if defined(__SSE2__)
  const auto differs = [p, &step](std::size_t at) {
    const __m128i difference =
        _mm_xor_si128(detail::load16(p + at), detail::load16(&step.head[at]));
    return _mm_and_si128(difference, detail::load16(&step.mask[at]));
  };
  const __m128i any = _mm_or_si128(differs(0), differs(16));
  if (detail::bits(_mm_cmpeq_epi8(any, _mm_setzero_si128())) != 0xFFFF) return false;
  std::size_t at = kHead;
#else
  std::size_t at = 0;
#endif
  // A literal holds no newline but at its end, so that this does not leave the block.
  for (; at < step.size; ++at) {
    if (p[at] != step.literal[at]) return false;
  }
  return step.kind != Kind::token || begins_json_token(p[step.size]);
}

const JsonShapes::Step* JsonShapes::find(const char* p, std::uint16_t first) const {
  for (std::uint16_t i = first; i != 0; i = steps_[i].sibling) {
    if (stands_at(p, steps_[i])) return &steps_[i];
  }
  return nullptr;
}

const char* JsonShapes::read(const char* p, JsonSlots& slots) {
  const Step* step = steps_.data();
  for (;;) {
    step = find(p, step->child);
    if (step == nullptr) return nullptr;
    p += step->size;
    if (step->kind == Kind::end) return p;
    bool escapes = false;
    const char* const begin = p;
    if (step->kind == Kind::token) {
      p = end_of_json_token(p);
    } else {
      p = step->kind == Kind::string ? end_of_json_string(p, escapes)
                                     : end_of_json_string<true>(p, escapes);
    }
    if (p == nullptr) return nullptr;
    if (!step->wanted) continue;
    slots.put(*step->key, {.begin = begin,
                           .size = static_cast<std::uint32_t>(p - begin),
                           .string = step->kind != Kind::token,
                           .escapes = escapes});
  }
}

void JsonShapes::learn(std::string_view line, std::span<const JsonLeaf> leaves) {
  const char* from = line.data();
  std::uint16_t step = 0;
  const auto learn_one = [&](const char* to, const JsonLeaf* leaf) {
    const std::string_view literal(from, static_cast<std::size_t>(to - from));
    step = literal.size() > kMaxLiteral ? std::uint16_t{0} : follow(step, literal, leaf);
    return step != 0;
  };
  bool learned = leaves.size() <= kMaxLeaves;
  for (const JsonLeaf& leaf : leaves) {
    learned = learned && learn_one(leaf.begin, &leaf);
    from = leaf.end;
  }
  if (learned && learn_one(line.data() + line.size(), nullptr)) return;
  // Keys without end, or other ones since the file was begun: so let it begin again.
  if (++unlearned_ < kPatience) return;
  unlearned_ = 0;
  steps_.assign(1, Step{});
}

std::uint16_t JsonShapes::follow(std::uint16_t after, std::string_view literal,
                                 const JsonLeaf* leaf) {
  const bool string = leaf != nullptr && leaf->string;
  std::uint16_t last = 0;
  unsigned siblings = 0;
  for (std::uint16_t i = steps_[after].child; i != 0; i = steps_[i].sibling, ++siblings) {
    const Step& step = steps_[i];
    const bool same_kind = leaf == nullptr
                               ? step.kind == Kind::end
                               : step.kind != Kind::end && (step.kind != Kind::token) == string;
    if (same_kind && step.literal == literal) return i;
    last = i;
  }
  if (siblings == kMaxSiblings || steps_.size() == kMaxSteps) return 0;
  const std::uint16_t made = make(literal, leaf);
  (last == 0 ? steps_[after].child : steps_[last].sibling) = made;
  return made;
}

std::uint16_t JsonShapes::make(std::string_view literal, const JsonLeaf* leaf) {
  constexpr std::ptrdiff_t kFar = 24;
  Step step;
  std::copy_n(literal.begin(), std::min(literal.size(), kHead), step.head.begin());
  std::fill_n(step.mask.begin(), std::min(literal.size(), kHead), '\xFF');
  step.size = static_cast<std::uint32_t>(literal.size());
  step.literal = literal;
  if (leaf != nullptr) {
    const bool far = leaf->end - leaf->begin >= kFar;
    step.kind = !leaf->string ? Kind::token : far ? Kind::far_string : Kind::string;
    step.key = leaf->key;
    step.wanted = !leaf->key->is_nothing();
  }
  steps_.push_back(std::move(step));
  return static_cast<std::uint16_t>(steps_.size() - 1);
}

}  // namespace wayside
