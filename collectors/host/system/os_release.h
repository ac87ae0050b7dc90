#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "collectors/host/part.h"

namespace wayside {

// Assignments of os-release(5), NAME="Debian GNU/Linux", with the shell's quotes and backslashes
// taken off. A line that is none is left out; of a repeated name the last one counts.
using OsRelease = std::map<std::string, std::string, std::less<>>;
OsRelease parse_os_release(std::string_view text);

// The number that a version begins with, major.minor: 12 of "12 (bookworm)".
std::optional<double> version_number(std::string_view version);

// node_os_info and, where VERSION_ID begins with a number, node_os_version.
void add_os(const OsRelease& release, FamilyList& out);

// Reads /etc/os-release, or /usr/lib/os-release, below the environment's root.
std::unique_ptr<HostPart> os_part(const HostContext& host);

}  // namespace wayside
