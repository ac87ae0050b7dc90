#pragma once

#include <atomic>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "agent/core/log.h"
#include "exporters/prometheus/http/connection.h"
#include "exporters/prometheus/http/limits.h"
#include "exporters/prometheus/http/lingering.h"
#include "exporters/prometheus/http/shield.h"
#include "exporters/prometheus/http/tally.h"
#include "exporters/prometheus/http/witness.h"

namespace wayside {

class Workers;

// What the lobby works with. All outlive it.
struct LobbyContext {
  Tally& tally;
  Witness& witness;
  Log& log;
  const ShieldHolder& shields;
  HttpLimits limits;
};

// One thread that accepts connections and waits for their request heads, never for one client: a
// connection costs a descriptor and the bytes it sent, until its head is complete, refused or
// late; with TLS, from its ClientHello on, a session as well, of which there are few. Complete
// requests go to the workers.
class Lobby {
 public:
  Lobby(Fd listener, LobbyContext context);
  ~Lobby() { close(); }
  Lobby(const Lobby&) = delete;
  Lobby& operator=(const Lobby&) = delete;

  Result<void> open(Workers& workers);
  // Drops all connections and waits for the thread.
  void close();

  // Takes a connection whose answer is sent; see Lingering. Thread-safe.
  void linger(Fd socket);

  [[nodiscard]] int listener() const { return listener_.get(); }

 private:
  using Guests = std::list<Connection>;
  enum class Look : std::uint8_t { again, done };

  void run();
  void turn();
  [[nodiscard]] int wait_limit(SteadyTime now) const;  // milliseconds, -1: no limit
  void on_ready(int fd);
  void take_handed_over();
  void expire(SteadyTime now);

  void accept_some();
  bool make_room();
  void make_room_for_guest();
  Guests::iterator one_too_many(bool tls_alone);
  void welcome(Accepted accepted);
  void on_accept_error(int error);
  void listen_again(SteadyTime now);
  bool watch(int fd, std::uint32_t events);
  void watch_for(const Connection& connection, std::uint32_t events);

  void receive(Guests::iterator guest);
  Look receive_block(Guests::iterator guest);
  Look read_head(Guests::iterator guest);
  Look look_at_first_bytes(Guests::iterator guest);
  Look begin_tls(Guests::iterator guest);
  Look shake_hands(Guests::iterator guest);
  void fail_tls(Guests::iterator guest, TlsFailure why);
  void make_room_for_session();
  void admit(Guests::iterator guest);
  void refuse(Guests::iterator guest, int status, ConnectionEnd end, std::string_view why = {});
  Connection leave(Guests::iterator guest);
  void drop(Guests::iterator guest, ConnectionEnd end);

  Fd listener_;
  Fd epoll_;
  Fd bell_;  // an eventfd: something was handed over, or the end
  LobbyContext context_;
  Workers* workers_ = nullptr;

  Guests guests_;  // without a complete head, the one that has waited longest first
  std::unordered_map<int, Guests::iterator> by_fd_;
  std::size_t sessions_ = 0;  // of TLS, among the guests
  Lingering lingering_;
  std::optional<SteadyTime> listen_again_at_;
  std::optional<SteadyTime> relieve_at_;
  SteadyTime warned_at_{};

  std::mutex mutex_;
  std::vector<Fd> handed_over_;  // guarded by mutex_
  std::atomic<bool> closing_{false};
  std::thread thread_;
};

}  // namespace wayside
