#include "collectors/processes/sockets/socket_watch.h"

#include <iterator>
#include <utility>

namespace wayside {
namespace {

constexpr std::string_view kBlind =
    "cannot read whose sockets are whose (/proc/PID/fd of other users); CAP_SYS_PTRACE gives the "
    "right, or name the service's `ports`";
constexpr std::string_view kElsewhere =
    "processes in another network namespace (containers) have sockets that are not seen from "
    "here; run the agent in that namespace";

// A dump walks all of the host's connections: at most a hundredth of the time goes into it.
constexpr int kRestPerWork = 100;

constexpr std::chrono::milliseconds kFactsApart{900};

}  // namespace

SocketWatch::SocketWatch(const ProcessesContext& context)
    : facts_(context.facts),
      clock_(*context.environment.clock),
      owners_(context.environment.proc, clock_) {}

void SocketWatch::polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
                         FamilyList& out) {
  for (const GroupView& group : groups) {
    if (groups_.size() <= group.index) groups_.resize(group.index + 1);
  }
  const auto listed = tables_.listening(listening_);
  failure_ = listed ? "" : listed.error().message;
  if (!listed) listening_.clear();
  owners_.look(groups, listening_);
  take_over(groups);
  note(now);
  if (now >= connections_due_) count_connections();
  add_families(groups, now, out);
  add_connections(groups, out);
  put_facts(groups, wall, now);
}

// A label without a bound is none: sockets may be opened at ever new addresses.
SocketWatch::Listener& SocketWatch::listener_of(Group& group, const std::string& label) {
  const auto known = group.listeners.find(label);
  if (known != group.listeners.end()) return known->second;
  return group.listeners[group.listeners.size() < kMostListeners ? label : "_other"];
}

// Finds each socket's place anew; addresses at which nobody listens any more are forgotten.
void SocketWatch::take_over(std::span<const GroupView> groups) {
  owned_.clear();
  kinds_ = {false, false, false};
  for (Group& group : groups_) {
    for (auto& [label, listener] : group.listeners) {
      listener.seen = false;
      listener.backlog = listener.limit = 0;
    }
  }
  for (const ListeningSocket& socket : listening_) {
    const auto owner = owners_.owner(socket, groups);
    if (!owner || !socket.backlog || !socket.limit) continue;
    Listener& listener = listener_of(groups_[*owner], socket.label);
    listener.seen = true;
    listener.backlog += *socket.backlog;
    listener.limit += *socket.limit;
    owned_[socket.inode] = {&listener, *owner};
    kinds_.inet = kinds_.inet || (socket.address && !socket.inet6);
    kinds_.inet6 = kinds_.inet6 || socket.inet6;
    kinds_.unix_domain = kinds_.unix_domain || !socket.address;
  }
  for (Group& group : groups_) {
    std::erase_if(group.listeners, [](const auto& entry) { return !entry.second.seen; });
  }
}

void SocketWatch::sampled(std::span<const GroupView> groups, SteadyTime now) {
  if (owned_.empty() || !tables_.backlogs(kinds_, backlogs_)) return;
  for (auto& [inode, owned] : owned_) owned.listener->backlog = 0;
  for (const BacklogNow& socket : backlogs_) {
    const auto found = owned_.find(socket.inode);
    if (found != owned_.end()) found->second.listener->backlog += socket.backlog;
  }
  note(now);
  // Not at each look: an event wants to know of its moment, not of its quarter of a second.
  if (now - facts_put_ >= kFactsApart) put_facts(groups, clock_.wall(), now);
}

void SocketWatch::note(SteadyTime now) {
  for (Group& group : groups_) {
    double all = 0;
    for (auto& [label, listener] : group.listeners) {
      listener.highest.add(now, listener.backlog);
      all += listener.backlog;
    }
    if (!group.listeners.empty()) group.highest.add(now, all);
  }
}

void SocketWatch::count_connections() {
  connections_.clear();
  for (const ListeningSocket& socket : listening_) {
    const auto found = owned_.find(socket.inode);
    if (found == owned_.end() || !socket.address) continue;
    connections_.listen(*socket.address, found->second.group);
  }
  const SteadyTime began = clock_.steady();
  const auto ports = connections_.ports();
  const auto done = tables_.connections(
      ports, [&](const InetSocket& connection) { connections_.add(connection); });
  connections_failure_ = done ? "" : done.error().message;
  if (!done) connections_.clear();
  const SteadyTime ended = clock_.steady();
  connections_due_ = ended + (ended - began) * kRestPerWork;
}

void SocketWatch::add_families(std::span<const GroupView> groups, SteadyTime now, FamilyList& out) {
  FamilyList families;
  add_family(families, "wayside_accept_backlog",
             "Connections that wait to be accepted, by the address they came to.",
             prometheus::MetricType::Gauge);
  add_family(families, "wayside_accept_backlog_max_15s",
             "The most connections that waited to be accepted at one time in the last 15 seconds.",
             prometheus::MetricType::Gauge);
  add_family(families, "wayside_accept_backlog_limit",
             "How many connections can wait to be accepted before further ones are refused.",
             prometheus::MetricType::Gauge);
  for (const GroupView& group : groups) {
    for (auto& [label, listener] : groups_[group.index].listeners) {
      const LabelList labels{{"groupname", std::string(group.name)}, {"listener", label}};
      add_sample(families[0], listener.backlog, labels);
      if (const auto highest = listener.highest.at(now)) add_sample(families[1], *highest, labels);
      add_sample(families[2], listener.limit, labels);
    }
  }
  std::move(families.begin(), families.end(), std::back_inserter(out));
}

void SocketWatch::add_connections(std::span<const GroupView> groups, FamilyList& out) const {
  auto& family = add_family(out, "wayside_connections",
                            "TCP connections to the addresses the group listens at, by state.",
                            prometheus::MetricType::Gauge);
  for (const GroupView& group : groups) {
    const StateCounts* counts = connections_.of(group.index);
    if (counts == nullptr) continue;
    for (std::uint8_t state = 0; state < kTcpStates - 1; ++state) {
      const std::string_view name = connection_state(state);
      if (name.empty()) continue;
      add_sample(family, static_cast<double>((*counts)[state]),
                 {{"groupname", std::string(group.name)}, {"state", std::string(name)}});
    }
  }
}

void SocketWatch::put_facts(std::span<const GroupView> groups, WallTime wall, SteadyTime now) {
  facts_put_ = now;
  struct Sum {
    double backlog = 0, highest = 0;
  };
  std::map<std::string_view, Sum> by_service;
  for (const GroupView& view : groups) {
    Group& group = groups_[view.index];
    if (group.listeners.empty()) continue;
    Sum& sum = by_service[view.service];
    for (const auto& [label, listener] : group.listeners) sum.backlog += listener.backlog;
    sum.highest += group.highest.at(now).value_or(0);
  }
  for (const auto& [service, sum] : by_service) {
    facts_.put(facts_.declare(service, "accept_backlog"), sum.backlog, wall);
    facts_.put(facts_.declare(service, "accept_backlog_max_15s"), sum.highest, wall);
  }
}

std::vector<Outcome::Part> SocketWatch::parts() const {
  std::string why = failure_.empty() ? connections_failure_ : failure_;
  const auto add = [&](std::string_view reason) {
    if (!why.empty()) why += "; ";
    why += reason;
  };
  if (owners_.blind()) add(kBlind);
  if (owners_.elsewhere()) add(kElsewhere);
  return {{"sockets", std::move(why)}};
}

}  // namespace wayside
