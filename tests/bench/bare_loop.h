#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

namespace wayside::bench {

// What a plain loop counts: requests by a hash of method, route and status, each with a place in a
// histogram of twelve buckets. Nothing is kept of what the hash stands for.
class BareCounts {
 public:
  void add(std::uint64_t hash, std::uint64_t total) {
    static constexpr std::array<std::uint64_t, 11> kBounds = {
        5'000,   10'000,    25'000,    50'000,    100'000,   300'000,
        500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};
    std::size_t i = hash % kSlots;
    while (slots_[i].hash != hash && slots_[i].count != 0) i = (i + 1) % kSlots;
    Slot& slot = slots_[i];
    slot.hash = hash;
    ++slot.count;
    std::size_t bucket = 0;
    for (const std::uint64_t bound : kBounds) bucket += bound < total ? 1 : 0;
    ++slot.buckets[bucket];
    slot.micros += total;
  }
  [[nodiscard]] std::uint64_t counted() const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kSlots; ++i) sum += slots_[i].count;
    return sum;
  }

 private:
  static constexpr std::size_t kSlots = 4096;

  struct Slot {
    std::uint64_t hash = 0;
    std::uint64_t count = 0;
    std::array<std::uint64_t, 12> buckets{};
    std::uint64_t micros = 0;
  };

  std::unique_ptr<Slot[]> slots_ = std::make_unique<Slot[]>(kSlots);
};

// "GET /api/students/12?page=2 HTTP/1.1" up to the path's end, with ":id" for numbers: goes on with
// a hash over it, and leaves `p` at what ends the path.
inline std::uint64_t hash_request(const char*& p) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  const auto mix = [&hash](char c) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  };
  for (; *p != ' '; ++p) mix(*p);
  for (++p; *p != ' ' && *p != '?'; ++p) {
    mix(*p);
    if (*p != '/' || p[1] < '0' || p[1] > '9') continue;
    while (p[1] >= '0' && p[1] <= '9') ++p;
    mix(':');
  }
  return hash;
}

inline std::uint64_t hash_more(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 1'099'511'628'211U;
}

// The floor: the shortest plain loop that does the same for the one format of LogLines, with no
// checks, no other formats and nothing to keep. Numeric segments become ":id"; requests are
// counted by method, route and status, and each has a place in a histogram of twelve buckets.
class BareLoop {
 public:
  // Whole lines. Returns how many there were.
  std::uint64_t run(std::string_view block) {
    const char* p = block.data();
    const char* const end = p + block.size();
    std::uint64_t lines = 0;
    while (p < end) {
      const auto* newline =
          static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)));
      line(p, newline);
      p = newline + 1;
      ++lines;
    }
    return lines;
  }

  [[nodiscard]] std::uint64_t counted() const { return counts_.counted(); }

 private:
  static const char* after(const char* p, const char* end, char c) {
    const auto* found =
        static_cast<const char*>(std::memchr(p, c, static_cast<std::size_t>(end - p)));
    return found == nullptr ? end : found + 1;
  }

  // "12.345" or "-".
  static std::uint64_t micros(const char*& p) {
    std::uint64_t value = 0;
    for (; *p != ' ' && *p != '\n'; ++p) {
      if (*p >= '0' && *p <= '9') value = value * 10 + static_cast<std::uint64_t>(*p - '0');
    }
    return value * 1000;
  }

  void line(const char* p, const char* end) {
    p = after(p, end, '"');
    std::uint64_t hash = hash_request(p);
    p = after(p, end, '"') + 1;
    for (int i = 0; i < 3; ++i) hash = hash_more(hash, static_cast<unsigned char>(*p++));
    ++p;
    std::uint64_t bytes = 0;
    for (; *p != ' '; ++p) bytes = bytes * 10 + static_cast<std::uint64_t>(*p - '0');
    bytes_ += bytes;
    p = after(after(p, end, '"'), end, '"');
    p = after(after(p, end, '"'), end, '"') + 1;
    const std::uint64_t total = micros(p);
    ++p;
    upstream_ += micros(p);
    counts_.add(hash, total);
  }

  BareCounts counts_;
  std::uint64_t bytes_ = 0;
  std::uint64_t upstream_ = 0;
};

}  // namespace wayside::bench
