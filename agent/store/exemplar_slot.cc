#include "agent/store/exemplar_slot.h"

#include <algorithm>
#include <cstring>

namespace wayside {
namespace {

// The version is odd while the slot is written; above it stand the text's size and the bucket.
constexpr std::size_t kVersion = 0;
constexpr std::size_t kValue = 1;
constexpr std::size_t kTime = 2;
constexpr std::size_t kNext = 3;
constexpr std::size_t kText = 4;
constexpr std::size_t kMaxId = 64;
constexpr int kSizeShift = 32;
constexpr int kBucketShift = 40;
constexpr std::uint64_t kByte = 0xFF;

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxId) return false;
  return std::ranges::all_of(id,
                             [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

// Appends `name="id"` where it is an id and fits.
std::size_t append(ExemplarText& text, std::size_t size, std::string_view name,
                   std::string_view id) {
  const std::size_t comma = size == 0 ? 0 : 1;
  if (!is_id(id) || size + comma + name.size() + id.size() + 1 > text.size()) return size;
  if (comma != 0) text[size++] = ',';
  size += name.copy(text.data() + size, name.size());
  size += id.copy(text.data() + size, id.size());
  text[size++] = '"';
  return size;
}

}  // namespace

std::string_view exemplar_labels(const ExemplarSource& source, ExemplarText& text) {
  std::size_t size = append(text, 0, "trace_id=\"", source.trace_id);
  size = append(text, size, "request_id=\"", source.request_id);
  return {text.data(), size};
}

void begin_slot(Cell* slot, std::size_t bucket, Cell* next) {
  slot[kVersion].set(std::uint64_t{bucket} << kBucketShift);
  slot[kNext].point_to(next);
}

std::size_t bucket_of_slot(const Cell* slot) {
  return slot[kVersion].get() >> kBucketShift & kByte;
}

Cell* next_slot(const Cell* slot) {
  return slot[kNext].pointee();
}

// A reader that sees one of the new words sees the odd version as well: each word is published
// after it.
void write_exemplar(Cell* slot, const ExemplarSource& source, std::string_view labels) {
  const std::uint64_t bucket = std::uint64_t{bucket_of_slot(slot)} << kBucketShift;
  const std::uint64_t version = (slot[kVersion].get() & UINT32_MAX) + 1;
  slot[kVersion].set(version | bucket);
  slot[kValue].publish(static_cast<std::uint64_t>(source.value.count()));
  slot[kTime].publish(static_cast<std::uint64_t>(source.at.time_since_epoch().count()));
  for (std::size_t i = 0; i < labels.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, labels.data() + i, std::min(sizeof word, labels.size() - i));
    slot[kText + i / sizeof word].publish(word);
  }
  const std::uint64_t next = (version + 1) & UINT32_MAX;
  slot[kVersion].publish(next | labels.size() << kSizeShift | bucket);
}

WallTime exemplar_time(const Cell* slot) {
  return WallTime{Micros{static_cast<std::int64_t>(slot[kTime].get())}};
}

std::optional<KeptExemplar> read_exemplar(const Cell* slot) {
  constexpr int kTries = 3;
  for (int i = 0; i < kTries; ++i) {
    const std::uint64_t version = slot[kVersion].acquire();
    if (version % 2 == 1) continue;
    KeptExemplar kept;
    kept.value = Micros{static_cast<std::int64_t>(slot[kValue].acquire())};
    kept.at = WallTime{Micros{static_cast<std::int64_t>(slot[kTime].acquire())}};
    kept.size = version >> kSizeShift & kByte;
    kept.bucket = version >> kBucketShift & kByte;
    for (std::size_t at = 0; at < kept.size; at += sizeof(std::uint64_t)) {
      const std::uint64_t word = slot[kText + at / sizeof(std::uint64_t)].acquire();
      std::memcpy(kept.text.data() + at, &word, sizeof word);
    }
    if (slot[kVersion].get() == version) return kept;
  }
  return std::nullopt;
}

}  // namespace wayside
