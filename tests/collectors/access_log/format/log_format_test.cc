#include "collectors/access_log/format/log_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace wayside {
namespace {

using testing::HasSubstr;

constexpr std::string_view kCombinedText =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
    R"("$http_referer" "$http_user_agent")";

TEST(LogFormat, KnowsCommonAndCombinedByName) {
  EXPECT_EQ(compile_log_format("combined")->text(), kCombinedText);
  EXPECT_TRUE(kCombinedText.starts_with(compile_log_format("common")->text()));
}

TEST(LogFormat, KnowsWhetherLatenciesCanComeOfIt) {
  EXPECT_FALSE(compile_log_format("combined")->has_duration());
  EXPECT_TRUE(compile_log_format("$status $request_time")->has_duration());
  EXPECT_TRUE(compile_log_format("$status $upstream_response_time")->has_duration());
  EXPECT_FALSE(compile_log_format("$status $upstream_connect_time")->has_duration());
}

struct PastedCase {
  std::string_view given, text;
};

constexpr PastedCase kPastedCases[] = {
    {"$status $request_time", "$status $request_time"},
    {"  $status $request_time \n", "$status $request_time"},
    {"'$status ' '$request_time'", "$status $request_time"},
    {"'$status '\n    '$request_time';", "$status $request_time"},
    {"\"$status $request_time\"", "$status $request_time"},
    {"\"$request\" \"$http_referer\"", "\"$request\" \"$http_referer\""},
    {"\"$request\"", "\"$request\""},
    {"log_format main '$status \"$request\" '\n '$request_time';",
     "$status \"$request\" $request_time"},
    {"log_format main \"$status \\\"$request\\\"\";", "$status \"$request\""},
    {"log_format main escape=default '$status';", "$status"},
    {"log_format main escape=none '$status';", "$status"},
    {"log_format main $status;", "$status"},
    {"escape=none '$status'", "$status"},
    {"'it\\'s $status'", "it's $status"},
    {"$status\\t$request_time", "$status\t$request_time"},
    {"${status}x${request_time}s", "${status}x${request_time}s"},
};

TEST(LogFormat, TakesWhatAUserPastes) {
  for (const PastedCase& c : kPastedCases) {
    auto format = compile_log_format(c.given);
    ASSERT_TRUE(format.ok()) << c.given << ": " << format.error().message;
    EXPECT_EQ(format->text(), c.text);
  }
}

TEST(LogFormat, ReadsWhetherValuesAreEscaped) {
  EXPECT_EQ(compile_log_format("$status")->escaping(), Escaping::backslash);
  EXPECT_EQ(compile_log_format("log_format f escape=default '$status';")->escaping(),
            Escaping::backslash);
  EXPECT_EQ(compile_log_format("log_format f escape=none '$status';")->escaping(), Escaping::none);
}

struct WrongCase {
  std::string_view given, why;
};

constexpr WrongCase kWrongCases[] = {
    {"", "is empty"},
    {" \n ", "is empty"},
    {"log_format", "no variable"},
    {"log_format ", "no variable"},
    {"log_format main", "character 16: a format must follow"},
    {"log_format main;", "a format must follow"},
    {"log_format main escape=json '{\"status\":\"$status\"}';", "escape=json is not read yet"},
    {"log_format main escape=xml '$status';", "character 17: escape= must be default or none"},
    {"log_format main '$status", "character 17: this quote is never closed"},
    {"log_format main '$status'x;", "character 26: a space or ';' must follow"},
    {"log_format main '$status'; x", "nothing may follow"},
    {"'$status' '$", "this quote is never closed"},
    {"plain words", "no variable that tells of a request"},
    {"$foo $bar", "no variable that tells of a request"},
    {"$status $", "character 9: a variable's name must follow"},
    {"$status ${}", "character 9: a variable's name must follow"},
    {"$status ${foo", "character 9: the '{' of ${foo is never closed"},
    {"'$status ' '${foo'", "character 13: the '{' of ${foo is never closed"},
    {"$status$body_bytes_sent", "character 8: $status and $body_bytes_sent stand side by side"},
    {"$status $a$request_time", "character 11: $a and $request_time stand side by side"},
    {"$status\n$request_time", "character 8: a line break"},
};

TEST(LogFormat, SaysWhereAFormatGoesWrong) {
  for (const WrongCase& c : kWrongCases) {
    auto format = compile_log_format(c.given);
    ASSERT_FALSE(format.ok()) << c.given;
    EXPECT_THAT(format.error().message, HasSubstr(std::string(c.why))) << c.given;
  }
}

TEST(LogFormat, RefusesTextsWithoutBound) {
  EXPECT_FALSE(compile_log_format(std::string(20'000, 'x') + "$status").ok());
  EXPECT_TRUE(compile_log_format(std::string(2'000, 'x') + "$status").ok());
}

TEST(LogFormat, JoinsWhatCanBeToldApart) {
  for (const std::string_view text :
       {"$host$request_uri $status", "$scheme$server_port $status", "$uri$is_args$args $status",
        "$host$uri$is_args$args \"$request\"", "$server_port$request_uri $status"}) {
    auto format = compile_log_format(text);
    EXPECT_TRUE(format.ok()) << text;
  }
  EXPECT_FALSE(compile_log_format("$request_uri$host $status").ok());
}

}  // namespace
}  // namespace wayside
