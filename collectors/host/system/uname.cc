#include "collectors/host/system/uname.h"

#include "agent/core/result.h"

namespace wayside {
namespace {

class UnamePart final : public HostPart {
 public:
  explicit UnamePart(const HostCalls& calls) : uname_(calls.uname) {}

  Outcome read(FamilyList& out) override {
    utsname names{};
    if (uname_(&names) != 0) return Outcome::failed(system_error("uname").message);
    add_uname(names, out);
    return Outcome::ok();
  }

 private:
  int (*uname_)(utsname*);
};

}  // namespace

void add_uname(const utsname& names, FamilyList& out) {
  add_gauge(out, "node_uname_info", "The host's kernel and its names, as labels: always 1.", 1,
            {{"sysname", names.sysname},
             {"release", names.release},
             {"version", names.version},
             {"machine", names.machine},
             {"nodename", names.nodename},
             {"domainname", names.domainname}});
}

std::unique_ptr<HostPart> uname_part(const HostContext& host) {
  return std::make_unique<UnamePart>(host.calls);
}

}  // namespace wayside
