#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// The fields that node_exporter takes unless told otherwise, such as
// node_netstat_TcpExt_ListenOverflows and node_netstat_Tcp_RetransSegs. Their kinds are not told
// apart: some are counters, Tcp_CurrEstab is none.
//
// From the text of /proc/net/netstat or /proc/net/snmp (proc(5)): lines in pairs that begin with
// the same protocol, one with names and one with their values.
void add_netstat(std::string_view text, FamilyList& out);
// From the text of /proc/net/snmp6: a line each, "Udp6InErrors 0".
void add_snmp6(std::string_view text, FamilyList& out);

// Whether node_exporter takes this field of this protocol ("Tcp", "RetransSegs").
bool is_wanted_netstat(std::string_view protocol, std::string_view field);

}  // namespace wayside
