#pragma once

#include "collectors/access_log/format/step_readers.h"
#include "collectors/access_log/format/variables.h"

namespace wayside {

// Readers of what nginx does not write: durations in other units, times in other patterns, what
// HAProxy tells of its servers, and what loggers put in front of a line. Null for other fields.
ReadStep::Reader service_reader(Field field);

// Does what the format's Ending says.
void finish_line(LineState& line);

}  // namespace wayside
