#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/event.h"
#include "agent/core/request.h"
#include "agent/core/time.h"

namespace wayside {

// The ids by which two sources know a request as one; either may be empty.
struct RequestIds {
  std::string request_id, trace_id;

  [[nodiscard]] bool empty() const { return request_id.empty() && trace_id.empty(); }
};

// What a source that does not count (`count: false`) told of one request.
struct ServiceNote {
  std::string route;  // a template; empty: not stated, as everywhere here
  std::string who;
  std::string client;
  std::uint16_t status = 0;
  Micros duration = kNoDuration;

  // What it says beyond an event's own fields, or otherwise than they do.
  [[nodiscard]] nlohmann::ordered_json beyond(const nlohmann::ordered_json& fields,
                                              std::uint64_t seed) const;
};

// The notes of one service by the ids of their requests: some thousands, for a minute. Where there
// is no room the shortest request makes it, since it is the slow ones that are asked for. Lines
// of one id are one note. Thread-safe; locked once a batch of lines, and once a slow request.
class ServiceNotes {
 public:
  static constexpr std::size_t kSets = 2048;  // a power of two
  static constexpr std::size_t kWays = 4;
  static constexpr std::chrono::seconds kKept{60};
  static constexpr std::size_t kMaxId = 128;  // bytes that tell ids apart

  ServiceNotes();
  void put(std::span<const Request> requests, SteadyTime now);
  [[nodiscard]] std::optional<ServiceNote> find(const RequestIds& ids, SteadyTime now) const;

 private:
  struct Slot {
    std::uint64_t hash = 0;  // of an id; 0: free
    SteadyTime put{};
    ServiceNote note;
  };
  using Set = std::array<Slot, kWays>;
  [[nodiscard]] std::uint64_t hash_of(std::string_view id) const;
  [[nodiscard]] const Slot* find(std::string_view id, SteadyTime now) const;
  void put(std::string_view id, const Request& request, SteadyTime now);

  std::uint64_t seed_;
  mutable std::mutex mutex_;
  std::vector<Set> sets_{kSets};
};

// The notes of all services. A service has some while a source enriches it. Thread-safe.
class NotesBoard {
 public:
  // For a source that enriches: it keeps what it gets as long as it runs.
  [[nodiscard]] std::shared_ptr<ServiceNotes> share(const std::string& service);
  // Null where no source enriches the service.
  [[nodiscard]] std::shared_ptr<ServiceNotes> find(const std::string& service) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::weak_ptr<ServiceNotes>> notes_;
};

}  // namespace wayside
