#include "agent/core/config_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/core/config_reading.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::optional<std::string> fake_env(const std::string& name) {
  if (name == "NAME") return "value";
  if (name == "EMPTY") return "";
  if (name == "LOOKS") return "${NAME} $$ {a: b} # c\n- d";
  if (name == "_x9") return "9";
  if (name == "LONG") return std::string(40'000, 'x');
  return std::nullopt;
}

TEST(Variables, AreReplaced) {
  const struct {
    std::string_view text, expanded;
  } kCases[] = {
      {"", ""},
      {"plain", "plain"},
      {"${NAME}", "value"},
      {"a${NAME}b${_x9}c", "avalueb9c"},
      {"${EMPTY}", ""},
      {"${NOPE:-default}", "default"},
      {"${NOPE:-}", ""},
      {"${NOPE:-a:-b}", "a:-b"},
      {"${NOPE:-redis://h:1/0}", "redis://h:1/0"},
      {"${NAME:-default}", "value"},
      {"${EMPTY:-default}", "default"},
      {"$remote_addr - [$time_local] \"$request\"", "$remote_addr - [$time_local] \"$request\""},
      {"^a$", "^a$"},
      {"$$", "$"},
      {"$$$$", "$$"},
      {"$${NAME}", "${NAME}"},
      {"$$${NAME}", "$value"},
      {"}{", "}{"},
      {"${LOOKS}", "${NAME} $$ {a: b} # c\n- d"},
  };
  for (const auto& c : kCases) {
    const auto expanded = expand_env(c.text, fake_env);
    ASSERT_TRUE(expanded.ok()) << c.text << ": " << expanded.error().message;
    EXPECT_EQ(expanded->text, c.expanded) << c.text;
  }
}

TEST(Variables, SayWhetherTheyWereUsed) {
  EXPECT_FALSE(expand_env("a$$b", fake_env)->from_environment);
  EXPECT_TRUE(expand_env("a${NAME}", fake_env)->from_environment);
}

TEST(Variables, OfAWrongShapeAreRefused) {
  for (const std::string_view text :
       {"${", "${NAME", "${}", "${9A}", "${A-B}", "${NA ME}", "${NAME:}", "${NAME:x}", "${NAME:=x}",
        "${:-x}", "${NOPE:-${NAME}}", "$$${"}) {
    const auto expanded = expand_env(text, fake_env);
    ASSERT_FALSE(expanded.ok()) << text;
    EXPECT_EQ(expanded.error().message,
              "malformed ${; write ${NAME} or ${NAME:-default}, and $${ for a dollar and a brace")
        << text;
  }
}

TEST(Variables, UnsetOnesAreNamed) {
  EXPECT_EQ(expand_env("x${NOPE}", fake_env).error().message,
            "${NOPE} is not set; set it, or give a default as in ${NOPE:-default}");
}

TEST(Variables, CannotMakeAValueHuge) {
  EXPECT_TRUE(expand_env("${LONG}", fake_env).ok());
  EXPECT_EQ(expand_env("${LONG}${LONG}${LONG}", fake_env).error().message,
            "with its variables it is larger than 64 KiB");
}

TEST(Variables, ReachEveryKindOfValueAndNeverTheYaml) {
  const ConfigReading reading{
      .file = "w.yaml",
      .variables = {{"N", "5"}, {"D", "3s"}, {"T", "true"}, {"INJECT", "a\nother: [b"}}};
  const char* kText =
      "text: \"${INJECT}\"\n"
      "plain: ${INJECT}\n"
      "boolean: ${T}\n"
      "number: 1${N}\n"
      "integer: ${N}\n"
      "duration: ${D}\n"
      "size: ${N}MiB\n"
      "choice: ${C:-end}\n"
      "texts: ['${N}', $$]\n"
      "numbers: [\"${N}\"]\n"
      "names: {${N}: ${N}}\n"
      "durations: {x: \"1m${D}\"}\n";
  EXPECT_THAT(reading.problems(kText,
                               [](ConfigMap& map) {
                                 EXPECT_EQ(map.text("text"), "a\nother: [b");
                                 EXPECT_EQ(map.text("plain"), "a\nother: [b");
                                 EXPECT_EQ(map.boolean("boolean"), true);
                                 EXPECT_EQ(map.number("number"), 15);
                                 EXPECT_EQ(map.integer("integer", 0, 9), 5U);
                                 EXPECT_EQ(map.duration("duration"), std::chrono::seconds{3});
                                 EXPECT_EQ(map.size("size"), 5U << 20);
                                 EXPECT_EQ(map.choice("choice", {"end"}), 0U);
                                 EXPECT_THAT(map.texts("texts"), ElementsAre("5", "$"));
                                 EXPECT_THAT(*map.numbers("numbers"), ElementsAre(5));
                                 map.text_by_name("names");
                                 EXPECT_THAT(map.duration_by_name("durations"),
                                             ElementsAre(Pair("x", std::chrono::seconds{63})));
                               }),
              testing::Each(testing::HasSubstr("not valid YAML")));
}

class SecretFiles : public testing::Test {
 protected:
  SecretFiles() {
    std::string name = (fs::temp_directory_path() / "wayside_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~SecretFiles() override { fs::remove_all(folder_); }
  fs::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  [[nodiscard]] std::string error(const std::string& name) const {
    const auto text = read_secret(folder_ / name);
    return text ? "it was read" : text.error().message;
  }
  fs::path folder_;
};

TEST_F(SecretFiles, AreReadWithoutTheirLastNewline) {
  EXPECT_EQ(*read_secret(write("a", "hunter2\n")), "hunter2");
  EXPECT_EQ(*read_secret(write("a", "hunter2")), "hunter2");
  EXPECT_EQ(*read_secret(write("a", "two\n\n")), "two\n");
  EXPECT_EQ(*read_secret(write("a", "")), "");
  EXPECT_EQ(read_secret(write("a", std::string(65'536, 'x')))->size(), 65'536U);
}

TEST_F(SecretFiles, ThatCannotBeReadSayWhy) {
  write("large", std::string(65'537, 'x'));
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(error("none"), "cannot be read: No such file or directory");
  EXPECT_EQ(error("."), "cannot be read: Is a directory");
  EXPECT_EQ(error("large"), "is larger than 64 KiB");
  EXPECT_EQ(error("pipe"), "is not a regular file");
}

TEST_F(SecretFiles, AreFoundBesideTheConfigAndAnywhere) {
  write("pw", "hunter2\n");
  write("number", "12\n");
  const fs::path elsewhere = write("elsewhere", "x");
  const ConfigReading reading{.file = (folder_ / "wayside.yaml").string(),
                              .variables = {{"PW", "pw"}}};
  const std::string text = "a: {file: pw}\nb: {file: \"${PW}\"}\nc: {file: " + elsewhere.string() +
                           "}\nd: {file: number}\ne: [{file: pw}]\nf: {x: {file: pw}}\n";
  EXPECT_THAT(reading.problems(text,
                               [](ConfigMap& map) {
                                 EXPECT_EQ(map.text("a"), "hunter2");
                                 EXPECT_EQ(map.text("b"), "hunter2");
                                 EXPECT_EQ(map.text("c"), "x");
                                 EXPECT_EQ(map.number("d"), 12);
                                 EXPECT_THAT(map.texts("e"), ElementsAre("hunter2"));
                                 EXPECT_THAT(map.text_by_name("f"),
                                             ElementsAre(Pair("x", "hunter2")));
                               }),
              IsEmpty());
}

TEST_F(SecretFiles, NeverShowInAProblem) {
  write("pw", "hunter2\n");
  write("nul", std::string("hun\0ter2", 8));
  const std::string file = (folder_ / "w.yaml").string();
  const auto read = [](ConfigMap& map) {
    map.number("a");
    map.duration("b");
    map.text("c");
    map.text("d");
    map.text("e");
  };
  const ConfigReading reading{.file = file, .variables = {}};
  EXPECT_THAT(
      reading.problems("a: {file: pw}\nb: {file: pw}\nc: {file: nul}\nd: {file: [pw]}\n"
                       "e: {file: \"p\\0w\"}\n",
                       read),
      ElementsAre(file + ":1:4: a: expected a number, found the contents of a file",
                  file + ":2:4: b: expected a duration, found the contents of a file: not a "
                         "duration; write a duration as 250us, 250ms, 10s, 5m, 1h, 1d or 1m30s",
                  file + ":3:4: c: holds the character NUL",
                  file + ":4:4: d: expected a text, found a mapping",
                  file + ":5:4: e: a path holds no character NUL"));
}

}  // namespace
}  // namespace wayside
