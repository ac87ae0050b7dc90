#pragma once

#include <sys/statvfs.h>
#include <sys/timex.h>
#include <sys/utsname.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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
  int (*statvfs)(const char*, struct ::statvfs*) = ::statvfs;  // called on other threads
};

// What a part is made from. A part copies what it needs later, but for the environment, which
// outlives it.
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

// A file of the kernel's, and what yields all that can be read in its text.
struct TextSource {
  std::filesystem::path path;
  void (*add)(std::string_view text, FamilyList& out);
};

// The part that is the text of these files. Those that are not there are passed over: without any
// there is nothing. One that cannot be read, or in which nothing was found, is a failure; what the
// others tell is yielded all the same. With `help`, what to do about it, having none of the files
// is a failure too, and that is its reason.
std::unique_ptr<HostPart> text_part(const std::vector<TextSource>& sources, std::string help = {});

}  // namespace wayside
