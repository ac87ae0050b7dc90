#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/access_log/format/json_shape_scan.h"
#include "collectors/access_log/format/json_walk.h"

namespace wayside {

// How the lines of one file are built: what stands between their values, byte for byte, as a tree
// of what may follow what. A logger writes its keys in one order, or in a few; a line that is
// built like one before it needs no parser, but comparisons and a search for the ends of its
// values. Learned from lines that were parsed; bounded. One thread at a time.
class JsonShapes {
 public:
  static constexpr std::size_t kMaxSteps = 512;
  static constexpr std::size_t kMaxLiteral = 1024;

  // `avx2`: whether to use that; a processor that has it is needed.
  explicit JsonShapes(bool avx2 = has_avx2()) : avx2_(avx2) {}

  // Puts the values of the line at `p` into `slots`, as JsonWalk would, and returns the first byte
  // of the next line. Null: it is built like no line before it, or is malformed; what is in `slots`
  // is of no use then.
  const char* read(const char* p, JsonSlots& slots);

  // A line, from its first byte to behind its newline, and all of its leaves. Their keys outlive
  // this.
  void learn(std::string_view line, std::span<const JsonLeaf> leaves);

 private:
  enum class Kind : std::uint8_t { string, far_string, token, end };
  // Whether the value tells of a field, and if so, whether none other of any line that begins so
  // tells of the same.
  enum class Use : std::uint8_t { none, only, rival };

  // What stands in front of a value, the quote that opens it included, and the value.
  struct Step {
    alignas(32) std::array<char, kShapeHead> head{};  // the literal's first bytes
    alignas(32) std::array<char, kShapeHead> mask{};  // and which of them it has
    std::uint32_t size = 0;
    std::uint16_t child = 0;    // the first that may follow; 0: none is known
    std::uint16_t sibling = 0;  // what else may stand here
    Kind kind = Kind::end;
    Use use = Use::none;
    JsonField field = JsonField::skip;
    JsonTraits traits;
    JsonMarks marks = 0;  // of the whole line, where it ends
    const JsonKey* key = nullptr;
    std::string literal;
  };

  // By what a processor can do.
  template <typename Processor>
  const char* read_with(const char* p, JsonSlots& slots);
  const char* read_by_avx2(const char* p, JsonSlots& slots);
  template <typename Processor>
  static bool stands_at(const char* p, const Step& step);
  // Behind the value of a step at `p`; null where it is malformed.
  template <typename Processor>
  static const char* end_of_value(const char* p, Step& step, bool& escapes);
  // The step for a literal and a leaf among those that may follow `after`, made where there is
  // none; 0 where there is no room.
  std::uint16_t follow(std::uint16_t after, std::string_view literal, const JsonLeaf* leaf);
  // Marks as rivals those of the steps on a line's way that tell of one field.
  void note_rivals(std::span<const std::uint16_t> way);
  std::uint16_t make(std::string_view literal, const JsonLeaf* leaf);

  static constexpr std::ptrdiff_t kFar = 32;  // strings that were ever as long are searched far
  static constexpr std::size_t kMaxLeaves = 128;
  static constexpr unsigned kMaxSiblings = 12;
  static constexpr std::uint32_t kPatience = 8192;

  std::vector<Step> steps_ = std::vector<Step>(1);  // the first is in front of all lines
  std::uint32_t unlearned_ = 0;                     // lines that found no room
  bool avx2_;
};

}  // namespace wayside
