#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "exporters/prometheus/format/bit_writer.h"
#include "exporters/prometheus/format/deflate_code.h"

namespace wayside {

// Writes tokens as blocks, each with the code that makes it smallest: one of its own, told in
// front, or the fixed one. Bytes that nothing can be said about cost eight bits each and their
// code a hundred bytes a block, so that none is ever stored as it is. One thread.
class DeflateBlocks {
 public:
  explicit DeflateBlocks(BitWriter& out) : out_(out) {}

  // False: the sink wants no more.
  bool write(std::span<const Token> tokens, bool last);

 private:
  BitWriter& out_;
  TokenCode code_;
};

}  // namespace wayside
