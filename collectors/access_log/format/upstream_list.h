#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "agent/core/request.h"

namespace wayside {

// nginx's lists of what it met at its upstreams: one element per attempt, separated by ", "
// within a try and by " : " where an internal redirect began another; "-" is an attempt that did
// not come so far. https://nginx.org/r/$upstream_addr
class UpstreamList {
 public:
  explicit UpstreamList(std::string_view text) : rest_(text) {}

  // Takes the next element, trimmed; false at the end. A trailing separator ends the list.
  bool next(std::string_view& element);

 private:
  std::string_view rest_;
};

// The attempts of one request, put together by position from up to three lists of any lengths.
// What stands past the room is read over.
class Attempts {
 public:
  static constexpr std::size_t kMost = 32;

  // `room` must have at least kMost places; they need not be cleared.
  void start(Attempt* room) {
    room_ = room;
    size_ = 0;
  }
  // A list that is "-" or empty alone has no attempts. False where an element is malformed.
  void addresses(std::string_view list);
  bool statuses(std::string_view list);
  bool durations(std::string_view list);

  // The attempt at a position, born absent in all its parts.
  Attempt& at(std::size_t position) {
    while (size_ <= position) room_[size_++] = Attempt{};
    return room_[position];
  }
  [[nodiscard]] std::span<const Attempt> get() const { return {room_, size_}; }

 private:
  Attempt* room_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace wayside
