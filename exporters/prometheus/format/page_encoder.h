#pragma once

#include <functional>
#include <string_view>

#include "agent/core/sample.h"
#include "exporters/prometheus/format/metrics_format.h"

namespace wayside {

// What a format can carry of what a source has: the flags alone are set.
Selection selection_for(MetricsFormat format);

// Writes what `source` yields of `selection` as one page, in bounded pieces. `constant_labels` as
// render_labels gives them. False as soon as `sink` is: the client is gone.
bool encode_page(const SampleSource& source, const Selection& selection, MetricsFormat format,
                 std::string_view constant_labels,
                 const std::function<bool(std::string_view piece)>& sink);

}  // namespace wayside
