#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "agent/core/request.h"

namespace wayside {

// What a logger says of a request when it comes, for when it says how the request ended: Fastify
// writes two lines, with a path in the first and a status in the second. Bounded: what finds its
// place taken takes it over, so that a request whose two lines lie far apart has no path. One
// thread at a time.
class JsonPending {
 public:
  static constexpr std::size_t kPlaces = 256;
  static constexpr std::size_t kRoom = 384;  // bytes of all texts of one request

  struct Begun {
    std::string_view path, host, client;
    Method method = Method::other;
  };

  // `process` tells apart what numbers its requests alike.
  void note(std::string_view process, std::string_view id, const Begun& begun);
  // Gives what was noted, once. Valid until the next note.
  std::optional<Begun> take(std::string_view process, std::string_view id);

 private:
  struct Place {
    bool taken = false;
    Method method = Method::other;
    std::array<std::uint16_t, 5> sizes{};  // of the process, id, path, host and client
    std::array<char, kRoom> texts{};       // which stand here
  };

  static std::size_t place_of(std::string_view process, std::string_view id);

  std::unique_ptr<Place[]> places_;  // only where there was ever anything to note
};

}  // namespace wayside
