#pragma once

#include <span>
#include <string>
#include <string_view>

#include "agent/requests/route_text.h"
#include "agent/requests/route_tree.h"

namespace wayside {

// What a request's route is.
struct Resolved {
  std::string_view text;  // the template; empty: none could be told
  bool known = false;     // the source or the config names it, so that it exists whatever the
                          // status says; otherwise it is read from the path alone
};

// From what a source tells of a request to the template of its route: the template the source
// gives, then the configured ones, then the rules for ids. Immutable, so any thread may ask; how
// templates come to be known stays behind this class.
class RouteTable {
 public:
  // Templates in any style that styled_template knows.
  explicit RouteTable(std::span<const std::string> configured);

  // The text lies in `buffer` or in the table. No allocation.
  // `padded`: see path_template.
  [[nodiscard]] Resolved resolve(std::string_view path, std::string_view route_given,
                                 TemplateBuffer& buffer, bool padded = false) const;

 private:
  RouteTree configured_;
};

}  // namespace wayside
