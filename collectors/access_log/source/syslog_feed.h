#pragma once

#include <memory>

#include "collectors/access_log/source/datagram_socket.h"
#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/line_batch.h"
#include "collectors/access_log/source/listen_point.h"
#include "collectors/access_log/source/tagged_sinks.h"

namespace wayside {

// Syslog messages that come as datagrams, one line each. A socket that could not be opened is
// tried again every beat.
class SyslogFeed final : public Feed {
 public:
  SyslogFeed(ListenPoint point, FeedSinks open_sink, FeedContext context);
  ~SyslogFeed() override;

  void tend() override;
  [[nodiscard]] FeedDescriptor descriptor() const override;
  bool read() override;
  [[nodiscard]] Micros patience() const override;
  [[nodiscard]] Outcome outcome() const override { return outcome_; }
  [[nodiscard]] FeedStats stats() const override { return stats_; }

 private:
  struct Datagrams;  // what one system call receives

  void open();
  void opened();
  void count_lost();
  void take(std::string_view datagram, bool cut);

  ListenPoint point_;
  FeedContext context_;
  TaggedSinks sinks_;
  LineBatch batch_;
  std::unique_ptr<Datagrams> datagrams_;
  DatagramSocket socket_;
  std::uint64_t buffer_ = 0;   // bytes of the kernel's
  std::uint64_t dropped_ = 0;  // as the kernel told it last
  unsigned openings_ = 0;
  Outcome outcome_ = Outcome::ok();
  FeedStats stats_;
};

}  // namespace wayside
