#include "agent/core/labels.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

// Unicode 15, 3.9: tables 3-8 to 3-11 and the borders of table 3-7. "_" stands for U+FFFD.
std::string with_marks(const std::string& text) {
  std::string out;
  for (const char c : text) c == '_' ? out += "\xEF\xBF\xBD" : out += c;
  return out;
}

TEST(Utf8, EachMaximalIllFormedPartBecomesOneMark) {
  const struct {
    std::string text, mended;
  } kCases[] = {
      {"", ""},
      {"plain", "plain"},
      {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\x82", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x9A\x82"},
      {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", "________A"},  // table 3-8
      {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", "________A"},  // table 3-9
      {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", "_____A__B"},  // table 3-10
      {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "____A"},      // table 3-11
      {"\x80", "_"},
      {"\xC1\xBF", "__"},
      {"\xC2", "_"},
      {"\xC2\x7F", "_\x7F"},
      {"\xE0\xA0", "_"},
      {"\xE0\x9F\xBF", "___"},
      {"\xF0\x90\x80", "_"},
      {"\xF0\x8F\xBF\xBF", "____"},
      {"\xF5\x80", "__"},
      {"a\xFFz", "a_z"},
      {"\xC2\xC2\xA9", "_\xC2\xA9"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(mend_utf8(c.text), with_marks(c.mended));
    EXPECT_EQ(is_utf8(c.text), c.text == c.mended) << c.mended;
  }
}

TEST(Utf8, TheBordersOfEveryLengthAreWhole) {
  for (const std::string text :
       {"\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text));
    EXPECT_EQ(mend_utf8(text), text);
  }
}

TEST(Utf8, MendingTwiceChangesNothing) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string text{'\xE2', static_cast<char>(a), static_cast<char>(b), 'x'};
      const std::string mended = mend_utf8(text);
      EXPECT_TRUE(is_utf8(mended));
      EXPECT_EQ(mend_utf8(mended), mended);
      EXPECT_EQ(mended.back(), 'x');
    }
  }
}

std::string render(const std::vector<std::string>& names,
                   const std::vector<std::string_view>& values) {
  return render_labels(names, values);
}

TEST(Labels, AreRenderedEscapedWithoutTheEmptyOnes) {
  EXPECT_EQ(render({}, {}), "");
  EXPECT_EQ(render({"a", "b"}, {"1", "2"}), R"(a="1",b="2")");
  EXPECT_EQ(render({"a", "b", "c"}, {"", "2", ""}), R"(b="2")");
  EXPECT_EQ(render({"a"}, {""}), "");
  EXPECT_EQ(render({"a"}, {"\\ \" \n \t\r"}), "a=\"\\\\ \\\" \\n \t\r\"");
  EXPECT_EQ(render({"a"}, {"x\xFFy"}), "a=\"x\xEF\xBF\xBDy\"");
  EXPECT_EQ(render({"a"}, {std::string_view("x\0y", 3)}), std::string("a=\"x\0y\"", 7));
}

TEST(Labels, ValuesAreCutAtACharactersBorder) {
  const auto rendered = [](const std::string& value) { return render({"a"}, {value}); };
  const auto label = [](const std::string& value) { return "a=\"" + value + "\""; };
  const std::string full(1024, 'x');
  EXPECT_EQ(rendered(full), label(full));
  EXPECT_EQ(rendered(full + "y"), label(full));
  for (const std::string character : {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x9A\x82"}) {
    for (std::size_t before = 1019; before <= 1024; ++before) {
      const std::string front(before, 'x');
      const bool fits = before + character.size() <= 1024;
      EXPECT_EQ(
          rendered(front + character + "\xFF" + full).substr(0, 3 + before + character.size()),
          label(fits ? front + character + "\xEF\xBF\xBD" : front + "\"")
              .substr(0, 3 + before + (fits ? character.size() : 1)))
          << before;
    }
  }
}

TEST(Labels, TheCutCountsBytesBeforeEscaping) {
  const std::string quotes(2000, '"');
  EXPECT_EQ(render({"a"}, {quotes}).size(), 4 + 2 * 1024);
  // Each bad byte becomes three: 341 marks are 1,023 bytes.
  const std::string bad(5'000'000, '\xFF');
  EXPECT_EQ(render({"a"}, {bad}).size(), 4 + 341 * 3);
}

TEST(Labels, AppendPutsACommaWhereSomethingStands) {
  std::string out;
  append_label(out, "a", "1");
  append_label(out, "le", "+Inf");
  EXPECT_EQ(out, R"(a="1",le="+Inf")");
}

TEST(Labels, NamesFollowPrometheus) {
  for (const auto* name : {"a", "_", "_a", "http_route", "A9_"}) EXPECT_TRUE(is_label_name(name));
  for (const auto* name : {"", "9a", "a-b", "a:b", "__name__", "__", "é", "a b"}) {
    EXPECT_FALSE(is_label_name(name)) << name;
  }
}

}  // namespace
}  // namespace wayside
