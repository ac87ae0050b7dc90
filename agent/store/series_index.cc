#include "agent/store/series_index.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace wayside {
namespace {

constexpr std::size_t kFirstSlots = 16;
constexpr std::size_t kLargestBlock = 65'536;

std::uint32_t hash_of(std::string_view labels) {
  const auto hash = static_cast<std::uint64_t>(std::hash<std::string_view>{}(labels));
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace

std::optional<std::uint32_t> SeriesIndex::find(std::string_view labels) const {
  if (slots_.empty()) return std::nullopt;
  const Slot& slot = slots_[slot_of(hash_of(labels), labels)];
  if (slot.number == 0) return std::nullopt;
  return slot.number - 1;
}

std::uint32_t SeriesIndex::insert(std::string_view labels, WallTime created) {
  const std::uint32_t number = size_.load(std::memory_order_relaxed);
  if (std::size_t{number} * 4 >= slots_.size() * 3) grow();
  const char* text = keep(labels);
  *entries_.make(number) = {text, static_cast<std::uint32_t>(labels.size()), created};
  const std::uint32_t hash = hash_of(labels);
  slots_[slot_of(hash, labels)] = {hash, number + 1};
  size_.store(number + 1, std::memory_order_release);
  return number;
}

const SeriesEntry& SeriesIndex::entry(std::uint32_t number) const {
  constexpr auto kChunk = ChunkTable<SeriesEntry>::kChunk;
  return entries_.find(number / kChunk)[number % kChunk];
}

// The slot of these labels, or the free one where they belong.
std::size_t SeriesIndex::slot_of(std::uint32_t hash, std::string_view labels) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    const Slot& slot = slots_[at];
    if (slot.number == 0) return at;
    if (slot.hash == hash && entry(slot.number - 1).labels() == labels) return at;
  }
}

// Copies the text into a block that never moves; blocks double, so that small families are small.
const char* SeriesIndex::keep(std::string_view labels) {
  if (block_ - used_ < labels.size()) {
    block_ = std::max(std::min(block_ * 2, kLargestBlock), labels.size());
    texts_.push_back(std::make_unique_for_overwrite<char[]>(block_));
    used_ = 0;
  }
  if (labels.empty()) return "";
  char* to = texts_.back().get() + used_;
  std::memcpy(to, labels.data(), labels.size());
  used_ += labels.size();
  return to;
}

void SeriesIndex::grow() {
  std::vector<Slot> old(std::max(kFirstSlots, slots_.size() * 2));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].number != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace wayside
