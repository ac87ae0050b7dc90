// Any bytes as a config, read by a schema that asks every kind of question.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "agent/core/config_map.h"
#include "agent/core/labels.h"

namespace wayside {
namespace {

std::optional<std::string> fuzz_env(const std::string& name) {
  if (name == "SECRET") return "hunter2-hunter2";
  if (name == "N") return "5";
  return std::nullopt;
}

void read_section(ConfigMap& map) {
  map.require("text");
  map.text("text");
  map.boolean("boolean");
  map.number("number");
  map.integer("integer", 1, 1000);
  map.duration("duration");
  map.size("size");
  map.choice("choice", {"begin", "end"});
  map.texts("texts");
  map.numbers("numbers");
  map.text_by_name("names");
  map.duration_by_name("durations");
  map.problem("text", "seen");
}

void check(bool holds) {
  if (!holds) std::abort();
}

// What holds of every problem, whatever the file. A file that spells the secret itself may see it
// again.
void check_problems(const ConfigContext& context, std::string_view file) {
  const bool spelt =
      file.find("hunter2") != std::string_view::npos || file.find('\\') != std::string_view::npos;
  check(context.problems.size() <= 1001);
  for (const ConfigProblem& problem : context.problems) {
    const std::string text = problem.text();
    check(problem.line >= 0 && problem.column >= 0);
    check(is_utf8(text) && text.find('\n') == std::string::npos);
    check(spelt || text.find("hunter2-hunter2") == std::string::npos);
  }
}

}  // namespace
}  // namespace wayside

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wayside;
  ConfigContext context;
  context.file = "/dev/null/wayside.yaml";  // so that no {file: …} is found by a relative path
  context.env = fuzz_env;
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  read_config(file, context, [](ConfigMap& map) {
    read_section(map);
    if (auto child = map.map("map")) {
      read_section(*child);
      child->finish();
    }
    for (ConfigMap& child : map.maps("maps")) {
      read_section(child);
      child.finish();
    }
  });
  check_problems(context, file);
  return 0;
}
