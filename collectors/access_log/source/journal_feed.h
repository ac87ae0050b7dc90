#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "collectors/access_log/source/feed.h"
#include "collectors/access_log/source/line_batch.h"
#include "collectors/access_log/source/tagged_sinks.h"

struct sd_journal;

namespace wayside {

// Which entries of systemd's journal are read.
struct JournalSource {
  std::vector<std::string> units;  // with their kind: "nginx.service"
  std::string directory;           // of stored journals; empty: this host's own
  bool start_at_beginning = false;

  // "journal:nginx.service", as labels and messages have it.
  [[nodiscard]] std::string name() const;
};

// "nginx" is "nginx.service", as for systemctl.
std::string unit_name(std::string_view unit);

// Why no entry can be read: there is no journal, or it may not be read. Nothing where one can be.
Outcome look_at_journal(const JournalSource& source);

struct JournalCloser {
  void operator()(sd_journal* journal) const;
};
using JournalPtr = std::unique_ptr<sd_journal, JournalCloser>;

// What the services of some units write to their output or to syslog, as journald has stored it:
// the field MESSAGE of each entry is a line (sd-journal(3), systemd.journal-fields(7)). Where it
// stands is kept by cursor.
class JournalFeed final : public Feed {
 public:
  JournalFeed(JournalSource source, FeedSinks open_sink, FeedContext context);
  ~JournalFeed() override;

  void tend() override;
  [[nodiscard]] FeedDescriptor descriptor() const override;
  bool read() override;
  [[nodiscard]] Micros patience() const override { return Micros{20'000}; }
  [[nodiscard]] Outcome outcome() const override { return outcome_; }
  [[nodiscard]] FeedStats stats() const override { return stats_; }

 private:
  Result<void> open();
  void take_entry();
  void keep_cursor();
  [[nodiscard]] std::string unit_of_entry() const;

  JournalSource source_;
  std::string name_;
  FeedContext context_;
  TaggedSinks sinks_;
  LineBatch batch_;
  JournalPtr journal_;
  std::string cursor_;  // of the entry read last; empty: none was read
  unsigned openings_ = 0;
  unsigned beats_ = 0;
  bool ready_ = false;
  Outcome outcome_ = Outcome::ok();
  FeedStats stats_;
};

}  // namespace wayside
