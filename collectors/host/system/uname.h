#pragma once

#include <sys/utsname.h>

#include <memory>

#include "collectors/host/part.h"

namespace wayside {

// node_uname_info: what uname(2) tells, as labels.
void add_uname(const utsname& names, FamilyList& out);

std::unique_ptr<HostPart> uname_part(const HostContext& host);

}  // namespace wayside
