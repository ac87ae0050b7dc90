#include "exporters/prometheus/format/deflate_block.h"

#include "exporters/prometheus/format/deflate_header.h"

namespace wayside {
namespace {

constexpr std::uint64_t kFixed = 1;  // RFC 1951, 3.2.3
constexpr std::uint64_t kOwn = 2;

// As many tokens as there is room for at once.
constexpr std::size_t kRun = BitWriter::kRoom * 8 / TokenCode::kMostBits / 2 * 2;

}  // namespace

bool DeflateBlocks::write(std::span<const Token> tokens, bool last) {
  const SymbolCounts counts(tokens);
  const SymbolLengths best = SymbolLengths::best(counts);
  const SymbolLengths fixed = SymbolLengths::fixed();
  const DeflateHeader header(best);
  const bool own = header.bits() + best.bits_of(counts) < fixed.bits_of(counts);

  if (!out_.make_room()) return false;
  out_.put((last ? 1U : 0U) | (own ? kOwn : kFixed) << 1U, 3);
  if (own) header.write(out_);
  code_.set(own ? best : fixed);
  while (!tokens.empty()) {
    if (!out_.make_room()) return false;
    const auto run = tokens.first(tokens.size() < kRun ? tokens.size() : kRun);
    code_.write(run, out_);
    tokens = tokens.subspan(run.size());
  }
  if (!out_.make_room()) return false;
  code_.end(out_);
  return true;
}

}  // namespace wayside
