#include "agent/core/config_problem.h"

#include <cstddef>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/utf8.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxShown = 80;  // bytes

bool is_control(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  return byte < 0x20 || byte == 0x7F;
}

}  // namespace

std::string ConfigProblem::text() const {
  if (line <= 0) return file + ": " + message;
  return file + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + message;
}

void report(ConfigContext& context, Place place, std::string message) {
  if (context.problems.size() > kMaxProblems) return;
  if (context.problems.size() == kMaxProblems) {
    place.line = 0;  // of no place, and so the first after sorting
    message = "more than " + std::to_string(kMaxProblems) + " problems; not all are shown";
  }
  context.problems.push_back({context.file, place.line, place.column, std::move(message)});
}

std::string printable(std::string_view text) {
  const std::string mended = mend_utf8(text.substr(0, kMaxShown + 4));
  std::string_view rest = mended;
  std::string out;
  while (!rest.empty()) {
    const std::string_view character = rest.substr(0, utf8_step(rest).size);
    if (out.size() + character.size() > kMaxShown) return out + "…";
    out += is_control(character) ? "?" : character;
    rest.remove_prefix(character.size());
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  return "\"" + printable(text) + "\"";
}

}  // namespace wayside
