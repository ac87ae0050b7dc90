#include "agent/core/yaml_tree.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <exception>
#include <sstream>

#include "agent/core/config_problem.h"
#include "agent/core/utf8.h"
#include "agent/core/yaml_builder.h"

namespace wayside {
namespace {

// What no YAML text holds: https://yaml.org/spec/1.2.2/#51-character-set. yaml-cpp would take
// 0x04 for the end of the file and be silent about the rest.
bool forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

bool check_characters(std::string_view text, ConfigContext& context) {
  Place place;
  while (!text.empty()) {
    const Utf8Step step = utf8_step(text);
    if (!step.valid || forbidden(text.front())) {
      report(context, place, step.valid ? "a control character" : "not valid UTF-8");
      return false;
    }
    const bool newline = text.front() == '\n';
    place.line += newline ? 1 : 0;
    place.column = newline ? 1 : place.column + static_cast<int>(step.size);
    text.remove_prefix(step.size);
  }
  return true;
}

}  // namespace

bool YamlTree::parse(std::string_view text, ConfigContext& context) {
  if (text.size() > kMaxText) {
    report(context, {}, "larger than 1 MiB");
    return false;
  }
  if (!check_characters(text, context)) return false;
  const std::size_t problems = context.problems.size();
  try {
    std::istringstream in{std::string(text)};
    YAML::Parser parser(in);
    YamlBuilder builder(nodes_, context);
    // The second turn reads on behind the first document, which must be the only one.
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
    if (builder.root() != nullptr) root_ = builder.root();
  } catch (const YAML::Exception& error) {
    const Place place =
        error.mark.is_null() ? Place{} : Place{error.mark.line + 1, error.mark.column + 1};
    report(context, place, "not valid YAML: " + error.msg);
  } catch (const std::exception& error) {
    report(context, {}, std::string("cannot be read as YAML: ") + error.what());
  }
  return context.problems.size() == problems;
}

}  // namespace wayside
