#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wayside {

// How many letters to insert, remove, replace or swap with their neighbour to turn one text into
// the other, no letter twice ("optimal string alignment"). Of texts up to 64 bytes; of longer
// ones the length of the longer.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The one of `known` that was most likely meant: at most a third of its letters differ. The first
// of several equally near ones.
std::optional<std::string_view> nearest_key(std::string_view key,
                                            std::span<const std::string> known);

}  // namespace wayside
