#pragma once

#include <memory>
#include <string_view>

#include "agent/core/time.h"
#include "collectors/host/part.h"

namespace wayside {

// node_time_seconds and node_time_zone_offset_seconds{time_zone}, the latter in the zone of this
// process (tzset(3)).
void add_time(WallTime now, FamilyList& out);

// node_time_clocksource_available_info and node_time_clocksource_current_info of `device` ("0"),
// from the texts under /sys/devices/system/clocksource
// (Documentation/ABI/testing/sysfs-devices-system-clocksource): words.
void add_clocksources(std::string_view device, std::string_view available, std::string_view current,
                      FamilyList& out);

std::unique_ptr<HostPart> time_part(const HostContext& host);

}  // namespace wayside
