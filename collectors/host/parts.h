#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "collectors/host/part.h"

namespace wayside {

// A row of the table of parts: its name, which is that of node_exporter's collector where that
// has one, and how it is made.
struct HostPartRow {
  std::string_view name;
  std::unique_ptr<HostPart> (*make)(const HostContext& context);
};

// Every part of the collector `host`. A new one is a file pair and one row here.
std::span<const HostPartRow> host_parts();

// Their names, for people: "arp, conntrack, …".
std::string host_part_names();

}  // namespace wayside
