#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "agent/core/time.h"
#include "collectors/access_log/format/civil_time.h"

namespace wayside {

// How far the machine's time zone is from Greenwich, for times that state no offset of their own.
// Zones change at full quarters of an hour, so that the C library is asked once in each. One
// thread.
class LocalOffset {
 public:
  // Seconds east of Greenwich at a moment that the wall shows.
  int at(const Civil& wall);

 private:
  Civil quarter_{};
  int seconds_ = 0;
};

// A time as strftime(3) was told to write it: %a %A %b %B %h %d %e %m %Y %y %H %M %S %T %F %D %R
// %z %Z %s %n %t %%, and of our own %L and %f, the milli- and microseconds of the second, and %Q
// and %J, the milli- and microseconds since 1970. Immutable; any thread may ask.
class TimePattern {
 public:
  // Nothing where it has another conversion, or where no moment comes of those it has.
  static std::optional<TimePattern> compile(std::string_view pattern);

  // The time at the front of a text; `size` is what it takes of it.
  std::optional<WallTime> read(std::string_view text, LocalOffset& local, std::size_t& size) const;

 private:
  struct Part {
    char conversion = '\0';  // '\0': the literal
    char literal = '\0';
  };
  bool add(std::string_view pattern);
  [[nodiscard]] bool has(std::string_view one_of) const;

  std::vector<Part> parts_;
};

}  // namespace wayside
