#pragma once

#include <sys/timex.h>

#include <memory>

#include "collectors/host/part.h"

namespace wayside {

// node_timex_*: how the kernel keeps its clock, as adjtimex(2) tells and gives `state`.
void add_timex(const timex& clock, int state, FamilyList& out);

// Asks without changing anything, which needs no right; a sandbox may forbid the call all the
// same.
std::unique_ptr<HostPart> timex_part(const HostContext& host);

}  // namespace wayside
