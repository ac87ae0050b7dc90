#include "agent/core/json_escape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace wayside {
namespace {

struct Case {
  std::string escape;  // with what is behind it
  std::string text;    // empty: it is none
  std::size_t taken = 0;
};

TEST(JsonEscape, IsUndoneOrRefused) {
  const std::vector<Case> cases = {
      {R"(\"")", "\"", 2},
      {R"(\\")", "\\", 2},
      {R"(\/")", "/", 2},
      {R"(\b")", "\b", 2},
      {R"(\f")", "\f", 2},
      {R"(\n")", "\n", 2},
      {R"(\r")", "\r", 2},
      {R"(\t")", "\t", 2},
      {R"(\u0041")", "A", 6},
      {R"(\u0000")", std::string(1, '\0'), 6},
      {R"(\u00e9")", "é", 6},
      {R"(\u20AC")", "€", 6},
      {R"(\ud83d\ude00")", "😀", 12},
      {R"(\uDBFF\uDFFF")", "\U0010FFFF", 12},
      {R"(\ud83d")", "\uFFFD", 6},
      {R"(\ude00")", "\uFFFD", 6},
      {R"(\ud83d\ud83d\ude00")", "\uFFFD", 6},
      {R"(\ud83d\u0041")", "\uFFFD", 6},
      {R"(\ud83d\n")", "\uFFFD", 6},
      {R"(\ud83d\ude0")", "\uFFFD", 6},
      {R"(\ud83dude00")", "\uFFFD", 6},
      {R"(\a")", ""},
      {R"(\0")", ""},
      {R"(\x41")", ""},
      {R"(\U0041")", ""},
      {R"(\')", ""},
      {R"(\u")", ""},
      {R"(\u004")", ""},
      {R"(\u004g")", ""},
      {R"(\u+041")", ""},
      {R"(\u004`")", ""},
      {R"(\u004@")", ""},
      {"\\\n", ""},
      {"\\u00\n4", ""},
      {std::string("\\\0\"", 3), ""},
      {"\\\xc3\xa9\"", ""},
  };
  for (const Case& c : cases) {
    std::array<char, 4> out{};
    const char* p = c.escape.c_str();
    char* const end = undo_json_escape(p, out.data());
    EXPECT_EQ(p - c.escape.c_str(), static_cast<std::ptrdiff_t>(c.taken)) << c.escape;
    EXPECT_EQ(end == nullptr, c.text.empty()) << c.escape;
    if (end != nullptr) {
      EXPECT_EQ(std::string(out.data(), static_cast<std::size_t>(end - out.data())), c.text)
          << c.escape;
    }
    EXPECT_EQ(json_escape_size(c.escape.c_str()), std::min<std::size_t>(c.taken, 6)) << c.escape;
  }
}

}  // namespace
}  // namespace wayside
