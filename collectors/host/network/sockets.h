#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_sockstat_TCP_inuse and its like from the text of /proc/net/sockstat or sockstat6: lines of
// pairs, "TCP: inuse 4 orphan 0". What the kernel counts in pages is told in bytes as well, as
// node_sockstat_TCP_mem_bytes.
void add_sockstat(std::string_view text, FamilyList& out);

// node_udp_queues{ip,queue}: bytes that wait in all UDP sockets, from the text of /proc/net/udp
// or udp6 (Documentation/networking/proc_net_tcp.rst). Without a socket they are zero.
void add_udp4_queues(std::string_view text, FamilyList& out);
void add_udp6_queues(std::string_view text, FamilyList& out);

}  // namespace wayside
