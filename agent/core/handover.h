#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "agent/core/file_descriptor.h"

namespace wayside {

// What a source leaves to the one that goes on with it.
struct LeftBehind {
  FileDescriptor descriptor;              // open: what waits in the kernel is still there
  std::string text;                       // a cursor, or the beginning of a line
  std::shared_ptr<const void> with = {};  // what lives as long as the descriptor
};

// What sources that are no files hand over at a reload, by source ("udp://127.0.0.1:5140"), so
// that none of them loses what comes in between. Thread-safe.
class Handover {
 public:
  void leave(const std::string& source, LeftBehind left);
  std::optional<LeftBehind> take(const std::string& source);
  // Closes what nobody took.
  void clear();

 private:
  std::mutex mutex_;
  std::map<std::string, LeftBehind> left_;
};

}  // namespace wayside
