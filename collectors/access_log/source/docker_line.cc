#include "collectors/access_log/source/docker_line.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "agent/core/json_escape.h"

namespace wayside {
namespace {

constexpr std::string_view kBegin = R"({"log":")";

// Copies up to the first quote, backslash or newline; returns how many bytes that were. May write
// kUnwrapSlack bytes more.
std::size_t copy_plain(const char* from, char* to) {
#if defined(__SSE2__)
  for (std::size_t at = 0;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + at));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + at), bytes);
    const __m128i quotes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i escapes = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const __m128i ends = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'));
    const auto found =
        static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quotes, escapes), ends)));
    if (found != 0) return at + static_cast<std::size_t>(std::countr_zero(found));
  }
#else
  std::size_t at = 0;
  for (; from[at] != '"' && from[at] != '\\' && from[at] != '\n'; ++at) to[at] = from[at];
  return at;
#endif
}

struct Unquoted {
  const char* next;  // behind the closing quote
  std::size_t size;
  std::size_t newlines;
};

std::optional<Unquoted> unquote(const char* p, char* const out) {
  char* to = out;
  std::size_t newlines = 0;
  for (;;) {
    const auto plain = copy_plain(p, to);
    p += plain;
    to += plain;
    if (*p == '"') return Unquoted{p + 1, static_cast<std::size_t>(to - out), newlines};
    if (*p == '\n') return std::nullopt;
    to = undo_json_escape(p, to);
    if (to == nullptr) return std::nullopt;
    newlines += to[-1] == '\n' ? 1 : 0;
  }
}

// `rest` is what follows the text: ,"stream":"stdout","time":"…"}
std::optional<OutputStream> stream_of(std::string_view rest) {
  constexpr std::string_view kOut = R"(,"stream":"stdout",")";
  constexpr std::string_view kErr = R"(,"stream":"stderr",")";
  if (!rest.ends_with("\"}")) return std::nullopt;
  if (rest.starts_with(kOut)) return OutputStream::standard_output;
  if (rest.starts_with(kErr)) return OutputStream::standard_error;
  return std::nullopt;
}

}  // namespace

std::optional<WrappedText> unwrap_docker(std::string_view line, char* out) {
  if (!line.starts_with(kBegin)) return std::nullopt;
  const auto text = unquote(line.data() + kBegin.size(), out);
  if (!text) return std::nullopt;
  const auto rest = line.substr(static_cast<std::size_t>(text->next - line.data()));
  const auto stream = stream_of(rest);
  if (!stream) return std::nullopt;
  WrappedText wrapped{.stream = *stream, .partial = true, .size = text->size};
  if (wrapped.size > 0 && out[wrapped.size - 1] == '\n') {
    wrapped.partial = false;
    --wrapped.size;
  }
  if (text->newlines > (wrapped.partial ? 0U : 1U)) {
    std::replace(out, out + wrapped.size, '\n', ' ');
  }
  return wrapped;
}

}  // namespace wayside
