#include "agent/requests/path_key.h"

#include <bit>
#include <string>

#include "agent/requests/path_shape.h"
#include "agent/requests/route_text.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wayside {
namespace {

PathMasks masks_plainly(const char* p) {
  PathMasks masks;
  for (unsigned i = 0; i < PathKey::kSize; ++i) {
    const char c = p[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    masks.digits |= std::uint64_t{c >= '0' && c <= '9'} << i;
    masks.slashes |= std::uint64_t{c == '/'} << i;
    masks.words |= std::uint64_t{letter || c == '-' || c == '.' || c == '_'} << i;
  }
  return masks;
}

bool find_plainly(const char* target, std::size_t size, PathKey& key) {
  const PathShape shape = path_shape(masks_plainly(target), target, size);
  if (!shape.has_key) return false;
  key = {};
  std::size_t at = 0;
  for (std::uint64_t left = shape.kept; left != 0; left &= left - 1) {
    const auto from = static_cast<unsigned>(std::countr_zero(left));
    key.bytes[at++] = (shape.ids >> from & 1) != 0 ? PathKey::kId : target[from];
  }
  return true;
}

#if defined(__x86_64__)

[[gnu::target("avx512bw")]] inline std::uint64_t equal_avx512(__m512i bytes, char c) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

[[gnu::target("avx512bw,avx512vbmi2")]] bool find_avx512(const char* target, std::size_t size,
                                                         PathKey& key) {
  const __m512i bytes = _mm512_loadu_si512(target);
  const __m512i small = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
  const auto letters = _mm512_cmple_epu8_mask(_mm512_sub_epi8(small, _mm512_set1_epi8('a')),
                                              _mm512_set1_epi8('z' - 'a'));
  const auto digits =
      _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8('0')), _mm512_set1_epi8(9));
  const PathMasks masks{.digits = digits,
                        .slashes = equal_avx512(bytes, '/'),
                        .words = letters | equal_avx512(bytes, '-') | equal_avx512(bytes, '.') |
                                 equal_avx512(bytes, '_')};
  const PathShape shape = path_shape(masks, target, size);
  if (!shape.has_key) return false;
  const __m512i told = _mm512_mask_blend_epi8(shape.ids, bytes, _mm512_set1_epi8(PathKey::kId));
  _mm512_store_si512(key.bytes.data(), _mm512_maskz_compress_epi8(shape.kept, told));
  return true;
}

// For each byte of a mask the places of its set bits, and beyond them none (PSHUFB).
consteval std::array<std::array<std::uint8_t, 8>, 256> places() {
  std::array<std::array<std::uint8_t, 8>, 256> all{};
  for (unsigned mask = 0; mask < all.size(); ++mask) {
    std::size_t at = 0;
    for (std::uint8_t bit = 0; bit < 8; ++bit) {
      if ((mask >> bit & 1) != 0) all[mask][at++] = bit;
    }
    while (at < 8) all[mask][at++] = 0x80;
  }
  return all;
}
alignas(64) constexpr auto kPlaces = places();

[[gnu::target("avx2")]] inline std::uint64_t bits_avx2(__m256i low, __m256i high) {
  const auto of_low = static_cast<unsigned>(_mm256_movemask_epi8(low));
  const auto of_high = static_cast<unsigned>(_mm256_movemask_epi8(high));
  return std::uint64_t{of_high} << 32 | of_low;
}

[[gnu::target("avx2")]] inline __m256i in_range_avx2(__m256i bytes, char low, char size) {
  const __m256i from_low = _mm256_sub_epi8(bytes, _mm256_set1_epi8(low));
  const __m256i most = _mm256_set1_epi8(static_cast<char>(size - 1));
  return _mm256_cmpeq_epi8(from_low, _mm256_min_epu8(from_low, most));
}

[[gnu::target("avx2")]] inline __m256i words_avx2(__m256i bytes) {
  const __m256i small = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
  const __m256i marks = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('_')),
                                        in_range_avx2(bytes, '-', 2));
  return _mm256_or_si256(in_range_avx2(small, 'a', 26), marks);
}

// The bytes of 32 with kId where a bit of `ids` is set.
[[gnu::target("avx2")]] inline __m256i told_avx2(__m256i bytes, std::uint32_t ids) {
  const __m256i spread = _mm256_shuffle_epi8(
      _mm256_set1_epi32(static_cast<int>(ids)),
      _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303));
  const __m256i bit = _mm256_set1_epi64x(static_cast<long long>(0x8040201008040201U));
  const __m256i set = _mm256_cmpeq_epi8(_mm256_and_si256(spread, bit), bit);
  return _mm256_blendv_epi8(bytes, _mm256_set1_epi8(PathKey::kId), set);
}

[[gnu::target("avx2")]] bool find_avx2(const char* target, std::size_t size, PathKey& key) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(target));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(target + 32));
  const PathMasks masks{
      .digits = bits_avx2(in_range_avx2(low, '0', 10), in_range_avx2(high, '0', 10)),
      .slashes = bits_avx2(_mm256_cmpeq_epi8(low, _mm256_set1_epi8('/')),
                           _mm256_cmpeq_epi8(high, _mm256_set1_epi8('/'))),
      .words = bits_avx2(words_avx2(low), words_avx2(high))};
  const PathShape shape = path_shape(masks, target, size);
  if (!shape.has_key) return false;
  alignas(64) std::array<char, PathKey::kSize> told;
  auto* const to = reinterpret_cast<__m256i*>(told.data());
  _mm256_store_si256(to, told_avx2(low, static_cast<std::uint32_t>(shape.ids)));
  _mm256_store_si256(to + 1, told_avx2(high, static_cast<std::uint32_t>(shape.ids >> 32)));
  // Eight bytes at a time, each block at the end of what the blocks before it kept.
  key = {};
  std::size_t at = 0;
  for (std::size_t block = 0; block < 8; ++block) {
    const auto kept = static_cast<std::uint8_t>(shape.kept >> (8 * block));
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&told[8 * block]));
    const __m128i places = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(&kPlaces[kept]));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(&key.bytes[at]), _mm_shuffle_epi8(bytes, places));
    at += static_cast<std::size_t>(std::popcount(kept));
  }
  return true;
}

#endif

constexpr std::array kKeyers = {
#if defined(__x86_64__)
    PathKeyer{"avx512vbmi2", find_avx512},
    PathKeyer{"avx2", find_avx2},
#endif
    PathKeyer{"portable", find_plainly},
};

std::size_t best() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) return 0;
  return __builtin_cpu_supports("avx2") ? 1 : 2;
#else
  return 0;
#endif
}

// A path that has the template, if any has: one with a number for each `:id`.
std::string sample_path(std::string_view text) {
  constexpr std::string_view kPlaceholder = ":id";
  std::string path;
  while (!text.empty()) {
    const bool id = text.starts_with(kPlaceholder);
    path += id ? '1' : text.front();
    text.remove_prefix(id ? kPlaceholder.size() : 1);
  }
  return path;
}

}  // namespace

std::span<const PathKeyer> path_keyers() {
  return std::span<const PathKeyer>(kKeyers).subspan(best());
}

const PathKeyer& best_path_keyer() {
  static const PathKeyer& keyer = path_keyers().front();
  return keyer;
}

// A template that a source gave may be none that its paths have by themselves.
PathKey key_of_template(std::string_view text) {
  std::string path = sample_path(text);
  const std::size_t size = path.size();
  path.append(PathKey::kSize, '\0');
  PathKey key;
  TemplateBuffer buffer;
  const std::string_view target = std::string_view(path).substr(0, size);
  if (!find_plainly(path.data(), size, key) || path_template(target, buffer) != text) return {};
  return key;
}

}  // namespace wayside
