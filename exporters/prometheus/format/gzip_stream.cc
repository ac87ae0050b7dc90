#include "exporters/prometheus/format/gzip_stream.h"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

#include "exporters/prometheus/format/bit_writer.h"
#include "exporters/prometheus/format/deflate_block.h"
#include "exporters/prometheus/format/deflate_matcher.h"

namespace wayside {
namespace {

constexpr std::size_t kPiece = DeflateMatcher::kMaxPiece;
constexpr std::size_t kWorthNoCopy = kPiece / 2;

// Deflate, no name, no time, as fast as can be, from an unknown system.
constexpr std::array<std::uint8_t, 10> kHeader = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 0xff};

}  // namespace

struct GzipStream::State {
  explicit State(PieceSink sink) : out(std::move(sink)) {
    for (const std::uint8_t byte : kHeader) out.put(byte, 8);
  }

  // Bytes that are all there, up to kPiece.
  bool compress(std::string_view piece) {
    crc = ::libdeflate_crc32(crc, piece.data(), piece.size());
    size += static_cast<std::uint32_t>(piece.size());
    matcher.begin(piece);
    while (!matcher.take(tokens)) {
      if (!end_block(false)) return false;
    }
    return true;
  }

  bool end_block(bool last) {
    const bool going = blocks.write(std::span(tokens.tokens).first(tokens.size), last);
    tokens.size = 0;
    return going;
  }

  bool compress_gathered() { return compress({gathered.data(), std::exchange(gathered_size, 0)}); }

  BitWriter out;
  DeflateBlocks blocks{out};
  DeflateMatcher matcher;
  Tokens tokens;
  std::uint32_t crc = 0;
  std::uint32_t size = 0;  // modulo 2^32, as the trailer has it
  std::array<char, kPiece> gathered;
  std::size_t gathered_size = 0;
};

GzipStream::GzipStream(PieceSink sink) : state_(std::make_unique<State>(std::move(sink))) {}
GzipStream::~GzipStream() = default;

bool GzipStream::write(std::string_view bytes) {
  State& state = *state_;
  while (!bytes.empty()) {
    if (state.gathered_size == 0 && bytes.size() >= kWorthNoCopy) {
      const std::string_view piece = bytes.substr(0, kPiece);
      if (!state.compress(piece)) return false;
      bytes.remove_prefix(piece.size());
      continue;
    }
    const std::size_t part = std::min(bytes.size(), kPiece - state.gathered_size);
    std::memcpy(state.gathered.data() + state.gathered_size, bytes.data(), part);
    state.gathered_size += part;
    bytes.remove_prefix(part);
    if (state.gathered_size == kPiece && !state.compress_gathered()) return false;
  }
  return true;
}

bool GzipStream::finish() {
  State& state = *state_;
  if (!state.compress_gathered() || !state.end_block(true)) return false;
  state.out.fill_byte();
  state.out.put(state.crc, 32);
  state.out.put(state.size, 32);
  return state.out.hand_over();
}

}  // namespace wayside
