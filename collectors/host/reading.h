#pragma once

#include <unistd.h>

#include "agent/core/collector.h"
#include "agent/core/result.h"
#include "agent/system/kernel_file.h"

namespace wayside {

// What it means that `file` could not be read: a file that is not there is nothing, since kernels
// differ in what they have; any other error is a failure.
inline Outcome unreadable(const KernelFile& file, const Error& error) {
  if (::access(file.path().c_str(), F_OK) != 0) return Outcome::nothing(file.path().string());
  return Outcome::failed(error.message);
}

}  // namespace wayside
