#include "agent/store/cells.h"

#include <algorithm>
#include <memory>
#include <new>

namespace wayside {
namespace {

constexpr std::align_val_t kLine{64};
constexpr std::size_t kFirstBlock = 64;
constexpr std::size_t kLargestBlock = 2'048;

}  // namespace

void CellArena::Release::operator()(Cell* cells) const {
  ::operator delete(cells, kLine);
}

// Blocks double, so that a family of few series is small.
Cell* CellArena::take(std::size_t count) {
  if (block_ - used_ < count) {
    block_ = std::max(std::clamp(block_ * 2, kFirstBlock, kLargestBlock), count);
    used_ = 0;
    auto* cells = static_cast<Cell*>(::operator new(block_ * sizeof(Cell), kLine));
    std::uninitialized_value_construct_n(cells, block_);
    blocks_.emplace_back(cells);
  }
  Cell* const taken = blocks_.back().get() + used_;
  used_ += count;
  return taken;
}

}  // namespace wayside
