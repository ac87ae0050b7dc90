#pragma once

#include <string_view>

namespace wayside {

// A syslog message without its header.
struct SyslogMessage {
  std::string_view tag;   // who wrote it: TAG or APP-NAME; empty where that is not told
  std::string_view text;  // without what ends it
};

// Takes the header from a datagram: of RFC 5424, or of RFC 3164 as programs really write it (a
// time of either kind or none, with or without a host, TAG: or TAG[PID]:). Of anything else the
// text begins where the header ends to make sense, so that nothing is lost: the format judges it.
SyslogMessage read_syslog(std::string_view datagram);

}  // namespace wayside
