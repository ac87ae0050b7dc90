#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/core/facts.h"
#include "collectors/processes/group_view.h"
#include "collectors/processes/observers.h"
#include "collectors/processes/sockets/connection_counts.h"
#include "collectors/processes/sockets/recent_max.h"
#include "collectors/processes/sockets/socket_owners.h"
#include "collectors/processes/sockets/socket_tables.h"

namespace wayside {

// How far a service falls behind its clients: connections that wait to be accepted, by group and
// by the address it listens at, and its connections by state. docs/saturation.md tells more.
class SocketWatch final : public GroupObserver {
 public:
  static constexpr std::chrono::milliseconds kRecent{15'000};
  static constexpr std::size_t kMostListeners = 64;  // of a group; the others go together

  explicit SocketWatch(const ProcessesContext& context);

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;
  void sampled(std::span<const GroupView> groups, SteadyTime now) override;
  [[nodiscard]] std::vector<Outcome::Part> parts() const override;

 private:
  // One address, which several sockets may share (SO_REUSEPORT).
  struct Listener {
    double backlog = 0;
    double limit = 0;
    RecentMax highest{kRecent};
    bool seen = false;
  };
  struct Group {
    std::map<std::string, Listener> listeners;  // by label
    RecentMax highest{kRecent};                 // of all of them together
  };

  struct Owned {
    Listener* listener;
    std::size_t group;
  };

  void take_over(std::span<const GroupView> groups);
  static Listener& listener_of(Group& group, const std::string& label);
  void note(SteadyTime now);
  void count_connections();
  void add_families(std::span<const GroupView> groups, SteadyTime now, FamilyList& out);
  void add_connections(std::span<const GroupView> groups, FamilyList& out) const;
  void put_facts(std::span<const GroupView> groups, WallTime wall, SteadyTime now);

  Facts& facts_;
  const Clock& clock_;
  SocketTables tables_;
  SocketOwners owners_;
  std::vector<ListeningSocket> listening_;
  std::vector<BacklogNow> backlogs_;
  std::vector<Group> groups_;                       // by index
  std::unordered_map<std::uint64_t, Owned> owned_;  // by inode
  SocketKinds kinds_;                               // of those owned
  ConnectionCounts connections_;
  SteadyTime connections_due_{};
  SteadyTime facts_put_{};
  std::string failure_;
  std::string connections_failure_;
};

}  // namespace wayside
