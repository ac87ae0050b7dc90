#include "exporters/events/config.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

EventsConfig read(std::string_view text, ConfigContext& context) {
  EventsConfig config;
  read_config(text, context, [&](ConfigMap& map) { config = read_events_config(map); });
  return config;
}

TEST(EventsConfig, IsStdoutAndFitsItsOutputUnlessToldOtherwise) {
  ConfigContext context;
  const EventsConfig config = read("{}", context);
  EXPECT_TRUE(context.problems.empty());
  EXPECT_EQ(config.file, "-");
  EXPECT_EQ(config.format, OutputFormat::automatic);
}

TEST(EventsConfig, TakesFileAndFormat) {
  ConfigContext context;
  const EventsConfig config = read("file: /tmp/events\nformat: text\n", context);
  EXPECT_TRUE(context.problems.empty());
  EXPECT_EQ(config.file, "/tmp/events");
  EXPECT_EQ(config.format, OutputFormat::text);
}

TEST(EventsConfig, TellsOfEveryWrongKeyAndValue) {
  ConfigContext context;
  read("fiel: x\nformat: xml\nfile: ''\n", context);
  EXPECT_EQ(context.problems.size(), 3U);
}

}  // namespace
}  // namespace wayside
