#pragma once

#include <string>
#include <string_view>

#include "agent/core/family.h"
#include "agent/core/time.h"

namespace wayside {

// What protobuf has of a series that never changes.
// https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto

// Appends rendered labels as the LabelPairs of a Metric, which is its field 1: a name and a value
// each, without escapes, with their tags and lengths.
void append_label_pairs(std::string& out, std::string_view labels);

// Appends the start of a Metric: its label pairs, and of all kinds but histograms what stands in
// front of the eight bytes of the value: a counter's created time is there.
void append_metric_start(std::string& out, Kind kind, std::string_view labels, WallTime created);

// Appends the body of a Timestamp; nothing where the time is not known.
void append_time(std::string& out, WallTime time);

}  // namespace wayside
