#include "agent/core/yaml_tree.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <exception>
#include <sstream>
#include <utility>

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

// What is wrong with the character in front, or nothing.
std::string_view wrong_character(std::string_view text, Utf8Step step, Place place) {
  if (!step.valid) return "not valid UTF-8";
  if (forbidden(text.front())) return "a control character";
  // A directive; yaml-cpp passes over those it does not know, and so over a mistyped setting.
  if (place.column == 1 && text.front() == '%') return "a line cannot begin with %";
  return {};
}

bool check_characters(std::string_view text, ConfigContext& context) {
  Place place;
  while (!text.empty()) {
    const Utf8Step step = utf8_step(text);
    if (const std::string_view wrong = wrong_character(text, step, place); !wrong.empty()) {
      report(context, place, std::string(wrong));
      return false;
    }
    const bool newline = text.front() == '\n';
    place.line += newline ? 1 : 0;
    place.column = newline ? 1 : place.column + static_cast<int>(step.size);
    text.remove_prefix(step.size);
  }
  return true;
}

// yaml-cpp's words, and what commonly stands behind them.
std::string syntax_message(const std::string& message) {
  const std::array<std::pair<std::string_view, std::string_view>, 3> kHints = {
      {{YAML::ErrorMsg::END_OF_MAP, "; check the indentation and quotes here"},
       {YAML::ErrorMsg::MAP_VALUE, "; check the indentation, and quote a text that holds \": \""},
       {YAML::ErrorMsg::EOF_IN_SCALAR, "; a quote is never closed"}}};
  std::string out = "not valid YAML: " + message;
  for (const auto& [words, hint] : kHints) {
    if (message == words) out += hint;
  }
  return out;
}

Place place_of(const YAML::Mark& mark) {
  return mark.is_null() ? Place{} : Place{mark.line + 1, mark.column + 1};
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
    // The comment at the end makes yaml-cpp see a quote that is never closed: at a last newline it
    // would take the rest of the file for the value in silence.
    std::istringstream in{std::string(text) + (text.ends_with('\n') ? "#" : "\n#")};
    YAML::Parser parser(in);
    YamlBuilder builder(nodes_, context);
    // The second turn reads on behind the first document, which must be the only one.
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
    if (builder.root() != nullptr) root_ = builder.root();
  } catch (const YAML::DeepRecursion& error) {
    report(context, place_of(error.mark), "nested too deep");
  } catch (const YAML::Exception& error) {
    report(context, place_of(error.mark), syntax_message(printable(error.msg)));
  } catch (const std::exception& error) {
    report(context, {}, "cannot be read as YAML: " + printable(error.what()));
  }
  return context.problems.size() == problems;
}

}  // namespace wayside
