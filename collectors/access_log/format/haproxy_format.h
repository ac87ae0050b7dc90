#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/format_parts.h"

namespace wayside {

// Whether a text has variables as HAProxy's log-format has them, and as Apache's has none.
bool is_haproxy_format(std::string_view text);

// Takes a log-format apart. The one server that answered is an upstream attempt named as HAProxy
// names it; its time is %Tc and %Tr, which leaves out how slowly the client read. The request's is
// %Ta. Lines may have a syslog header, and what HAProxy says of its servers in between is none of
// requests. Times without an offset are in the machine's own zone, as HAProxy has them.
// https://docs.haproxy.org/2.6/configuration.html#8.2.3
Result<FormatParts> split_haproxy_format(std::string_view given);

}  // namespace wayside
