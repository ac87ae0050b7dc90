// The fast way through paths. The figures of a buffer are kept in registers while it is written.
#include <array>
#include <bit>
#include <cstring>

#include "agent/requests/path_bits.h"
#include "agent/requests/route_text.h"

namespace wayside {
namespace {

constexpr std::array<char, kPathWindow> kId = {':', 'i', 'd'};

}  // namespace

const char* TemplateBuffer::take_plain(const char* at, const char* end) {
  Taken taken{.at = at, .more = true};
  while (taken.more && taken.at != end) taken = take_window(taken.at, end);
  return taken.at;
}

// Takes the segments that end within the window. What ends one is a bit in `ends`; the byte behind
// the window counts as such, and so does the end of the path.
TemplateBuffer::Taken TemplateBuffer::take_window(const char* at, const char* path_end) {
  const auto left = static_cast<std::size_t>(path_end - at);
  const PathBits bits = path_bits(at);
  std::uint64_t ends = ~std::uint64_t{bits.letters | bits.digits};
  if (left < kPathWindow) ends |= std::uint64_t{1} << left;
  char* out = text_.data() + size_;
  char* const limit = text_.data() + kMaxTemplate - 2 * kPathWindow;
  std::size_t room = kMaxSegments - 1 - segments_;
  std::size_t from = 0;
  Taken taken{.at = at, .more = false};
  for (std::uint64_t before = 0; out < limit && room > 0;) {
    const std::uint64_t lowest = ends & (0 - ends);
    const std::uint64_t segment = (lowest - 1) & ~before;
    const std::uint64_t numbers = segment & bits.digits;
    const auto to = static_cast<std::size_t>(std::countr_zero(lowest));
    const std::size_t size = to - from;
    const bool last = to == left;
    if (to >= kPathWindow && !last) {
      taken.more = from != 0;
      break;
    }
    const bool plain = numbers == 0 || (numbers == segment && size != 8);
    const bool stop = last || at[to] == '?';
    if (!plain || (!stop && at[to] != '/')) break;
    if (size != 0) {
      // Nothing branches on which it is: ids and words follow one another at random.
      const bool word = numbers == 0;
      *out = '/';
      std::memcpy(out + 1, word ? at + from : kId.data(), kPathWindow);
      out += 1 + (word ? size : 3);
      --room;
    }
    from = stop ? to : to + 1;
    if (stop) break;
    before = lowest | (lowest - 1);
    ends ^= lowest;
  }
  size_ = static_cast<std::size_t>(out - text_.data());
  segments_ = kMaxSegments - 1 - room;
  taken.at = at + from;
  return taken;
}

}  // namespace wayside
