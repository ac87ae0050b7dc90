#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wayside {

// Valid UTF-8: each maximal ill-formed part becomes U+FFFD (Unicode 15, 3.9, "best practice").
// One bad byte in a label loses a whole scrape, so every label value passes here at birth.
std::string mend_utf8(std::string_view text);
bool is_utf8(std::string_view text);

// What a label shows of a value: mended, and cut to 1,024 bytes at a character's border.
std::string label_value(std::string_view value);

// `a="b",c="d"` with values as label_value gives them, and `\`, `"`
// and newline escaped; empty values are left out. Sizes of names and values must be equal.
std::string render_labels(std::span<const std::string> names,
                          std::span<const std::string_view> values);

// One `name="value"` appended to `out`, with a comma in front where `out` is not empty.
void append_label(std::string& out, std::string_view name, std::string_view value);

// [a-zA-Z_][a-zA-Z0-9_]*, not starting with two underscores.
bool is_label_name(std::string_view name);

}  // namespace wayside
