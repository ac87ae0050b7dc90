#pragma once

#include <vector>

#include "agent/core/sample.h"
#include "agent/store/parts.h"

namespace wayside {

class LeftOut;

// Hands families of several sources to `sink` as one group each, in ascending order of their
// names. Of parts with one name the first one's TYPE and HELP stand. What would fail a scrape is
// left out and counted.
void merge_families(std::vector<FamilyPart> parts, const Selection& selection, SampleSink& sink,
                    LeftOut& left_out);

}  // namespace wayside
