#include "collectors/access_log/source/syslog_feed.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <utility>

#include "collectors/access_log/source/syslog_header.h"

namespace wayside {
namespace {

constexpr std::size_t kBatch = 32;
constexpr int kBatchesPerTurn = 8;
// The longest line and a header before it; a longer datagram is cut by the kernel, which says so.
constexpr std::size_t kSlot = kMaxLineBytes + 1024;
// What the kernel counts for a datagram of some hundred bytes.
constexpr std::uint64_t kBytesEach = 2304;

// What may wait to be read. The kernel doubles the buffer it was asked for, for what it keeps
// beside the bytes; what a Unix socket holds it counts by messages.
std::string room(const ListenPoint& point, std::uint64_t buffer) {
  if (point.host.empty()) return "as many datagrams may wait as net.unix.max_dgram_qlen says";
  return std::to_string(buffer / 2 / 1024) + " KiB of datagrams may wait (see net.core.rmem_max)";
}

}  // namespace

struct SyslogFeed::Datagrams {
  // Not initialised: pages that no datagram reaches are never there.
  std::unique_ptr<char[]> bytes{new char[kBatch * kSlot]};
  std::array<iovec, kBatch> parts{};
  std::array<mmsghdr, kBatch> headers{};

  Datagrams() {
    for (std::size_t i = 0; i < kBatch; ++i) {
      parts[i] = {.iov_base = bytes.get() + i * kSlot, .iov_len = kSlot};
      headers[i].msg_hdr.msg_iov = &parts[i];
      headers[i].msg_hdr.msg_iovlen = 1;
    }
  }
  int receive(int fd) {
    int n = 0;
    do {
      n = ::recvmmsg(fd, headers.data(), kBatch, MSG_DONTWAIT, nullptr);
    } while (n < 0 && errno == EINTR);
    return n;
  }
  [[nodiscard]] std::string_view text(std::size_t i) const {
    return {bytes.get() + i * kSlot, headers[i].msg_len};
  }
  [[nodiscard]] bool cut(std::size_t i) const {
    return (headers[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
  }
};

SyslogFeed::SyslogFeed(ListenPoint point, FeedSinks open_sink, FeedContext context)
    : point_(std::move(point)),
      context_(context),
      sinks_(point_.text, std::move(open_sink)),
      datagrams_(std::make_unique<Datagrams>()) {
  if (context_.handover == nullptr) return;
  if (auto left = context_.handover->take(point_.text)) {
    socket_ = {.descriptor = std::move(left->descriptor), .file = std::move(left->with)};
    opened();
    // What was lost since the feed before looked is counted here.
    dropped_ = std::strtoull(left->text.c_str(), nullptr, 10);
  }
}

SyslogFeed::~SyslogFeed() {
  if (context_.handover == nullptr || !socket_.descriptor) return;
  context_.handover->leave(point_.text, {.descriptor = std::move(socket_.descriptor),
                                         .text = std::to_string(dropped_),
                                         .with = std::move(socket_.file)});
}

FeedDescriptor SyslogFeed::descriptor() const {
  return {.fd = socket_.descriptor.get(), .opened = openings_};
}

void SyslogFeed::tend() {
  if (!socket_.descriptor) open();
  count_lost();
}

void SyslogFeed::open() {
  auto socket = open_datagram_socket(point_);
  if (!socket) {
    if (outcome_.why != socket.error().message) {
      context_.log.write(Level::error, "access_log: " + socket.error().message);
    }
    outcome_ = Outcome::failed(socket.error().message);
    return;
  }
  socket_ = std::move(*socket);
  opened();
  context_.log.write(
      Level::info, "access_log: listening at " + point_.text + ", where " + room(point_, buffer_));
}

void SyslogFeed::opened() {
  ++openings_;
  outcome_ = Outcome::ok();
  const auto memory = socket_memory(socket_.descriptor.get());
  buffer_ = memory ? memory->buffer : 0;
  dropped_ = memory ? memory->dropped : 0;
}

void SyslogFeed::count_lost() {
  const auto memory = socket_memory(socket_.descriptor.get());
  if (!memory) return;
  // The kernel counts in 32 bits.
  const auto news = static_cast<std::uint32_t>(memory->dropped - dropped_);
  dropped_ = memory->dropped;
  if (news == 0) return;
  if (stats_.lost == 0) {
    context_.log.write(Level::warn, "access_log: " + point_.text +
                                        ": datagrams were lost because they came faster than the "
                                        "receive buffer holds (see net.core.rmem_max)");
  }
  stats_.lost += news;
}

bool SyslogFeed::read() {
  for (int i = 0; i < kBatchesPerTurn; ++i) {
    const int n = datagrams_->receive(socket_.descriptor.get());
    for (int k = 0; k < n; ++k) {
      const auto at = static_cast<std::size_t>(k);
      take(datagrams_->text(at), datagrams_->cut(at));
    }
    batch_.flush();
    if (n < static_cast<int>(kBatch)) return false;
  }
  return true;
}

void SyslogFeed::take(std::string_view datagram, bool cut) {
  stats_.read_bytes += datagram.size();
  const SyslogMessage message = read_syslog(datagram);
  LineSink& sink = sinks_.of(message.tag);
  if (cut) {
    batch_.flush();
    sink.line_too_long();
  } else {
    batch_.add(sink, message.text);
  }
}

Micros SyslogFeed::patience() const {
  // A Unix socket holds few messages (net.unix.max_dgram_qlen), and nginx drops what finds no room.
  if (point_.host.empty()) return Micros{0};
  // Time in which half of the buffer is filled at 200,000 a second.
  return std::min(Micros{5000}, Micros{static_cast<std::int64_t>(buffer_ / kBytesEach / 2) * 5});
}

}  // namespace wayside
