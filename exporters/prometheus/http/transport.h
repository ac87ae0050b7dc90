#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "agent/core/time.h"
#include "exporters/prometheus/http/wire.h"

namespace wayside {

// A connection's bytes, as whoever answers it sees them. One thread.
class Transport {
 public:
  virtual ~Transport() = default;
  // Bytes read; 0 at the end, or when reading failed or took too long.
  virtual std::size_t read(char* to, std::size_t size) = 0;
  // All of it, or false for good.
  virtual bool write(std::string_view bytes) = 0;
  [[nodiscard]] virtual bool writable() const = 0;
};

// How long a client has kept its worker waiting, in all. The worker writes, anyone reads.
class BlockedTime {
 public:
  void reset();
  void begin(SteadyTime now);
  void end(SteadyTime now);
  [[nodiscard]] Micros total(SteadyTime now) const;

 private:
  static constexpr std::int64_t kNot = INT64_MIN;
  std::atomic<std::int64_t> sum_{0};       // microseconds
  std::atomic<std::int64_t> since_{kNot};  // microseconds of the steady clock
};

// By which a worker is called back from a client that keeps it waiting: `cut` ends its waits for
// this client, at once and for good. The worker resets it for the next one.
class Leash {
 public:
  Leash();
  void reset();
  void cut();
  [[nodiscard]] bool is_cut() const { return cut_.load(std::memory_order_acquire); }
  // Waits for `events` on `socket`, a cut or the time limit. True only when the socket is ready.
  bool wait(int socket, short events, std::chrono::milliseconds limit);
  [[nodiscard]] Micros blocked(SteadyTime now) const { return blocked_.total(now); }

 private:
  Fd bell_;  // an eventfd, readable once cut
  std::atomic<bool> cut_{false};
  BlockedTime blocked_;
};

// A connection with one deadline for all that is read and written, which no dripping client can
// stretch. Real time: it is the kernel that waits.
class SocketTransport final : public Transport {
 public:
  SocketTransport(Wire& wire, SteadyTime deadline, Leash& leash)
      : wire_(wire), deadline_(deadline), leash_(leash) {}

  std::size_t read(char* to, std::size_t size) override;
  bool write(std::string_view bytes) override;
  [[nodiscard]] bool writable() const override { return !failed_; }
  // After the last byte: says that it was the last one.
  bool finish();

  [[nodiscard]] std::uint64_t written() const { return written_; }
  [[nodiscard]] bool failed() const { return failed_; }  // a write did
  [[nodiscard]] bool late() const { return late_; }      // the deadline passed

 private:
  bool wait(short events);
  bool wait_as_told(const Moved& moved);

  Wire& wire_;
  SteadyTime deadline_;
  Leash& leash_;
  std::uint64_t written_ = 0;
  bool failed_ = false;
  bool late_ = false;
};

}  // namespace wayside
