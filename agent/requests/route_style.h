#pragma once

#include <string>
#include <string_view>

#include "agent/requests/route_text.h"

namespace wayside {

// Brings a template from a framework, a gateway or the config to the one style of the design:
// `{id}`, `{id:int}`, `<int:id>`, `<id>`, `[id]`, `:id(\d+)`, `:id?`, `(?P<id>…)` become `:id`;
// `*`, `{path:path}`, `<path:p>`, `[...slug]` at the end become `:rest`. A parameter's name or
// type chooses among `:uuid`, `:date`, `:name` and `:id`. A method in front and `^`, `$` go.
// Literal segments obey the rules for ids, so that a raw path given by mistake stays bounded.
// Empty where the text is no template. A template in our style is itself. The text lies in `out`.
std::string_view styled_template(std::string_view given, TemplateBuffer& out);

// The same, as a value.
std::string styled_template(std::string_view given);

}  // namespace wayside
