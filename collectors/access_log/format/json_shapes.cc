#include "collectors/access_log/format/json_shapes.h"

#include <algorithm>
#include <cstring>

namespace wayside {

template <typename Processor>
[[gnu::always_inline]] inline bool JsonShapes::stands_at(const char* p, const Step& step) {
  if (!Processor::matches(p, step.head.data(), step.mask.data())) return false;
  // A literal holds no newline but at its end, so that this does not leave the block.
  for (std::size_t at = kShapeHead; at < step.size; ++at) {
    if (p[at] != step.literal[at]) return false;
  }
  return step.kind != Kind::token || begins_json_token(p[step.size]);
}

template <typename Processor>
[[gnu::always_inline]] inline const char* JsonShapes::end_of_value(const char* p, Step& step,
                                                                   bool& escapes) {
  if (step.kind == Kind::token) return end_of_json_token(p);
  const char* stop = nullptr;
  if (step.kind == Kind::far_string) {
    stop = Processor::find_far_uneasy(p);
  } else {
    stop = Processor::find_uneasy(p);
    if (stop - p >= kFar) step.kind = Kind::far_string;
  }
  return *stop == '"' ? stop : detail::end_of_uneasy_string(stop, escapes);
}

template <typename Processor>
[[gnu::always_inline]] inline const char* JsonShapes::read_with(const char* p, JsonSlots& slots) {
  for (std::uint16_t next = steps_.front().child; next != 0;) {
    Step& step = steps_[next];
    if (!stands_at<Processor>(p, step)) {
      next = step.sibling;
      continue;
    }
    p += step.size;
    if (step.kind == Kind::end) {
      slots.mark(step.marks);
      return p;
    }
    const char* const begin = p;
    bool escapes = false;
    p = end_of_value<Processor>(p, step, escapes);
    if (p == nullptr) return nullptr;
    if (step.use != Use::none) {
      const JsonValue value{
          .begin = begin, .size = static_cast<std::uint32_t>(p - begin), .traits = step.traits};
      if (step.use == Use::only) {
        slots.put_only(step.field, value, escapes);
      } else {
        slots.put(*step.key, value, escapes);
      }
    }
    next = step.child;
  }
  return nullptr;
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] const char* JsonShapes::read_by_avx2(const char* p, JsonSlots& slots) {
  return read_with<Avx2Processor>(p, slots);
}

const char* JsonShapes::read(const char* p, JsonSlots& slots) {
  return avx2_ ? read_by_avx2(p, slots) : read_with<AnyProcessor>(p, slots);
}

#else

const char* JsonShapes::read(const char* p, JsonSlots& slots) {
  return read_with<AnyProcessor>(p, slots);
}

#endif

void JsonShapes::learn(std::string_view line, std::span<const JsonLeaf> leaves) {
  const char* from = line.data();
  std::array<std::uint16_t, kMaxLeaves> way{};
  std::size_t size = 0;
  std::uint16_t step = 0;
  JsonMarks marks = 0;
  const auto learn_one = [&](const char* to, const JsonLeaf* leaf) {
    const std::string_view literal(from, static_cast<std::size_t>(to - from));
    step = literal.size() > kMaxLiteral ? std::uint16_t{0} : follow(step, literal, leaf);
    return step != 0;
  };
  bool learned = leaves.size() <= kMaxLeaves;
  for (const JsonLeaf& leaf : leaves) {
    learned = learned && learn_one(leaf.begin, &leaf);
    if (!learned) break;
    way[size++] = step;
    from = leaf.end;
    marks |= leaf.key->marks;
  }
  note_rivals({way.data(), size});
  if (learned && learn_one(line.data() + line.size(), nullptr)) {
    steps_[step].marks = marks;
    return;
  }
  // Keys without end, or other ones since the file was begun: so let it begin again.
  if (++unlearned_ < kPatience) return;
  unlearned_ = 0;
  steps_.assign(1, Step{});
}

void JsonShapes::note_rivals(std::span<const std::uint16_t> way) {
  for (const std::uint16_t a : way) {
    for (const std::uint16_t b : way) {
      if (a == b || steps_[a].use != Use::only || steps_[a].field != steps_[b].field) continue;
      steps_[a].use = Use::rival;
    }
  }
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
  Step step;
  std::copy_n(literal.begin(), std::min(literal.size(), kShapeHead), step.head.begin());
  std::fill_n(step.mask.begin(), std::min(literal.size(), kShapeHead), '\xFF');
  step.size = static_cast<std::uint32_t>(literal.size());
  step.literal = literal;
  if (leaf != nullptr) {
    step.kind = leaf->string ? Kind::string : Kind::token;
    step.key = leaf->key;
    step.field = leaf->key->field;
    step.traits = {.string = leaf->string, .unit = leaf->key->unit, .rank = leaf->key->rank};
    step.use = leaf->key->who ? Use::rival : step.field == JsonField::skip ? Use::none : Use::only;
  }
  steps_.push_back(std::move(step));
  return static_cast<std::uint16_t>(steps_.size() - 1);
}

}  // namespace wayside
