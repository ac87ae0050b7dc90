#include "collectors/host/parts.h"

#include <array>

#include "collectors/host/kernel/loadavg.h"

namespace wayside {
namespace {

using Made = std::unique_ptr<HostPart>;

constexpr std::array kParts = {
    HostPartRow{"loadavg",
                [](const HostContext& host) -> Made {
                  return text_part(host.environment.proc / "loadavg", add_loadavg);
                }},
};

}  // namespace

std::span<const HostPartRow> host_parts() {
  return kParts;
}

std::string host_part_names() {
  std::string names;
  for (const HostPartRow& part : kParts) {
    if (!names.empty()) names += ", ";
    names += part.name;
  }
  return names;
}

}  // namespace wayside
