#include "collectors/access_log/source/cri_line.h"

#include <algorithm>
#include <cstring>

namespace wayside {
namespace {

constexpr std::size_t kShortestTime = sizeof "2026-11-23T22:31:31Z" - 1;
constexpr std::size_t kLongestTime = sizeof "2026-11-23T22:31:31.123456789+01:00" - 1;

// Whether it is shaped like a time of RFC 3339; what it says matters to nobody here.
bool is_time(std::string_view text) {
  if (text.size() < kShortestTime || text.size() > kLongestTime) return false;
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return digit(0) && digit(3) && digit(18) && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
         text[13] == ':' && text[16] == ':';
}

// Up to the next blank, which goes as well.
std::string_view cut_word(std::string_view& rest) {
  const auto end = std::min(rest.find(' '), rest.size());
  const auto word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

std::optional<OutputStream> stream_of(std::string_view word) {
  if (word == "stdout") return OutputStream::standard_output;
  if (word == "stderr") return OutputStream::standard_error;
  return std::nullopt;
}

}  // namespace

std::optional<WrappedText> unwrap_cri(std::string_view line, char* out) {
  if (!is_time(line.substr(0, std::min(line.find(' '), line.size())))) return std::nullopt;
  std::string_view rest = line;
  cut_word(rest);
  const auto stream = stream_of(cut_word(rest));
  if (!stream) return std::nullopt;
  const auto tags = cut_word(rest);
  if (tags.empty() || (tags.size() > 1 && tags[1] != ':')) return std::nullopt;
  if (tags[0] != 'F' && tags[0] != 'P') return std::nullopt;
  if (!rest.empty()) std::memcpy(out, rest.data(), rest.size());
  return WrappedText{.stream = *stream, .partial = tags[0] == 'P', .size = rest.size()};
}

}  // namespace wayside
