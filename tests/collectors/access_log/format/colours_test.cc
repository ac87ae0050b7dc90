#include "collectors/access_log/format/colours.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

std::string stripped(std::string_view text) {
  std::string out(text.size(), '\0');
  out.resize(strip_colours(text, out.data()));
  return out;
}

TEST(Colours, GoAndNothingElse) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", ""},
      {"plain", "plain"},
      {"\x1b[0m", ""},
      {"\x1b[32mgreen\x1b[0m", "green"},
      {"a\x1b[1;38;5;208mb", "ab"},
      {"a\x1b[mb", "ab"},
      {"\x1b[2J", "\x1b[2J"},
      {"\x1b[32", "\x1b[32"},
      {"\x1b", "\x1b"},
      {"\x1b\x1b[0m[0m", "\x1b[0m"},
      {"\x1b[32\nm", "\x1b[32\nm"},
  };
  for (const auto& [text, plain] : cases) EXPECT_EQ(stripped(text), plain);
}

TEST(Colours, LinesWithAndWithoutThemAreReadAlike) {
  std::string lines;
  for (int i = 0; i < 100; ++i) {
    const std::string path = "/" + std::to_string(i);
    lines += "GET " + path + " 200 1.000 ms - 5\n";
    lines += "\x1b[0mGET " + path + " \x1b[32m200\x1b[0m 1.000 ms - 5\x1b[0m\n";
  }
  const Parsed parsed = parse_named("morgan:dev", lines);
  ASSERT_EQ(parsed.requests.size(), 200);
  for (std::size_t i = 0; i < 200; i += 2) {
    EXPECT_EQ(summary(parsed.requests[i]), summary(parsed.requests[i + 1]));
  }
}

}  // namespace
}  // namespace wayside
