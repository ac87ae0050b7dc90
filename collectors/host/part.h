#pragma once

#include <sys/timex.h>
#include <sys/utsname.h>

#include <memory>
#include <string_view>

#include "agent/core/collector.h"
#include "agent/core/environment.h"
#include "agent/system/family_list.h"
#include "collectors/host/config.h"

namespace wayside {

// What the kernel tells by calls and not by files, so that a test can answer for it. Each gives
// what the call of that name gives.
struct HostCalls {
  int (*uname)(utsname*) = ::uname;
  int (*adjtimex)(timex*) = ::adjtimex;
};

// What a part is made from. All but the environment is copied by those that need it later.
struct HostContext {
  const Environment& environment;
  const HostConfig& config;
  HostCalls calls = {};
};

// One thing that the host tells of, such as its memory: a collector of node_exporter's. Asked by
// one thread at a time.
class HostPart {
 public:
  virtual ~HostPart() = default;
  // Adds what can be read now. `nothing`: this host has no such thing, which is no failure;
  // `failed`: it should be there, and why it is not and what would help.
  virtual Outcome read(FamilyList& out) = 0;
};

// The part that is the text of one file: `add` yields what it can read in it. Without the file
// there is nothing; a file in which `add` finds nothing is a failure.
std::unique_ptr<HostPart> text_part(std::filesystem::path path,
                                    void (*add)(std::string_view text, FamilyList& out));

}  // namespace wayside
