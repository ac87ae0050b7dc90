// Paths, given templates and configured ones from hostile hands: the first line of the input is a
// template, the rest a path.
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/labels.h"
#include "agent/requests/char_class.h"
#include "agent/requests/ignore_rule.h"
#include "agent/requests/path_key.h"
#include "agent/requests/redaction.h"
#include "agent/requests/route_style.h"
#include "agent/requests/route_table.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// A template is bounded ASCII, and its own template.
void require_template(std::string_view text) {
  if (text.empty()) return;
  require(text.front() == '/' && text.size() <= wayside::kMaxTemplate);
  for (const char c : text) require(c > ' ' && c < 0x7f && c != '%' && c != '"' && c != '\\');
  wayside::TemplateBuffer again;
  require(wayside::path_template(text, again) == text);
}

// The ways to a path's key agree, and a template's key is that of its paths alone.
void require_key(std::string_view path, std::string_view text, std::string_view given) {
  const std::string padded = std::string(path) + std::string(wayside::PathKey::kSize, '7');
  wayside::PathKey key;
  const bool found = wayside::best_path_keyer().find(padded.data(), path.size(), key);
  for (const wayside::PathKeyer& keyer : wayside::path_keyers()) {
    wayside::PathKey other;
    require(keyer.find(padded.data(), path.size(), other) == found && (!found || other == key));
  }
  for (const std::string_view known : {text, given}) {
    if (found && wayside::key_of_template(known) == key) require(known == text);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = input.find('\n');
  const std::string_view given = line == std::string_view::npos ? "" : input.substr(0, line);
  const std::string_view path = line == std::string_view::npos ? input : input.substr(line + 1);

  wayside::TemplateBuffer buffer;
  const std::string_view slow = wayside::path_template(path, buffer);
  require_template(slow);
  const std::string padded = std::string(path) + std::string(wayside::kPathWindow, '/');
  wayside::TemplateBuffer fast;
  require(wayside::path_template(std::string_view(padded).substr(0, path.size()), fast, true) ==
          slow);
  const std::string styled = wayside::styled_template(given);
  require_key(path, slow, styled);
  require_template(styled);
  require(wayside::styled_template(styled) == styled);

  const std::vector<std::string> texts = {std::string(given)};
  require_template(wayside::RouteTable(texts).resolve(path, {}, buffer).text);
  (void)wayside::IgnoreRule(texts).matches(path);

  wayside::RequestRules rules;
  rules.show_query = true;
  const auto redaction = wayside::Redaction::create(rules);
  const std::string shown = redaction.value().show(path);
  require(shown.size() <= wayside::kMaxShownPath && wayside::is_utf8(shown));
  return 0;
}
