#include "collectors/access_log/source/journal_feed.h"

#include <systemd/sd-journal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace wayside {
namespace {

constexpr int kEntriesPerTurn = 2048;
constexpr unsigned kBeatsBetweenTries = 10;
constexpr std::string_view kMessage = "MESSAGE=";

// The value of a field of the present entry; valid until the next one is asked for.
struct Field {
  std::string_view value;
  int code = 0;  // negative: why there is none
};

Field field(sd_journal* journal, const char* name) {
  const void* data = nullptr;
  std::size_t size = 0;
  const int code = ::sd_journal_get_data(journal, name, &data, &size);
  if (code < 0) return {.value = {}, .code = code};
  const std::string_view text(static_cast<const char*>(data), size);
  const auto equals = std::min(text.find('='), text.size() - 1);
  return {.value = text.substr(equals + 1), .code = 0};
}

// Entries of these units: what a service of the system wrote, or one of a user's. Not `UNIT=`:
// that is what systemd itself has to say of a unit.
bool match(sd_journal* journal, const std::vector<std::string>& units) {
  for (const char* name : {"_SYSTEMD_UNIT=", "_SYSTEMD_USER_UNIT="}) {
    for (const auto& unit : units) {
      if (::sd_journal_add_match(journal, (name + unit).c_str(), 0) < 0) return false;
    }
    if (::sd_journal_add_disjunction(journal) < 0) return false;
  }
  return true;
}

int seek(sd_journal* journal, const std::string& cursor, bool at_beginning) {
  if (!cursor.empty()) {
    const int sought = ::sd_journal_seek_cursor(journal, cursor.c_str());
    if (sought < 0) return sought;
    const int moved = ::sd_journal_next(journal);
    // Where that very entry is gone, the next one stands there and is still to be read.
    if (moved > 0 && ::sd_journal_test_cursor(journal, cursor.c_str()) == 0) {
      return ::sd_journal_seek_cursor(journal, cursor.c_str());
    }
    return moved;
  }
  if (!at_beginning) {
    ::sd_journal_seek_tail(journal);
    // From the tail itself there is no way on; where nothing is, all that comes is new.
    if (::sd_journal_previous(journal) > 0) return 0;
  }
  return ::sd_journal_seek_head(journal);
}

// What journals there are below a directory, and how many of them may be read.
struct JournalFiles {
  std::size_t all = 0;
  std::size_t readable = 0;
  bool refused = false;  // a directory may not be looked into
};

void count_journals(const std::filesystem::path& directory, int depth, JournalFiles& files) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  files.refused = files.refused || error == std::errc::permission_denied;
  for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
    std::error_code ignored;
    if (entries->is_directory(ignored)) {
      if (depth > 0) count_journals(entries->path(), depth - 1, files);
    } else if (entries->path().extension() == ".journal") {
      ++files.all;
      if (::access(entries->path().c_str(), R_OK) == 0) ++files.readable;
    }
  }
}

}  // namespace

std::string JournalSource::name() const {
  std::string text = "journal:";
  for (const auto& unit : units) text += (text.back() == ':' ? "" : ",") + unit;
  return directory.empty() ? text : text + "@" + directory;
}

std::string unit_name(std::string_view unit) {
  const bool has_kind = unit.find('.') != std::string_view::npos;
  return std::string(unit) + (has_kind ? "" : ".service");
}

Outcome look_at_journal(const JournalSource& source) {
  JournalFiles files;
  std::vector<std::string> directories = {"/run/log/journal", "/var/log/journal"};
  if (!source.directory.empty()) directories = {source.directory};
  for (const auto& directory : directories) count_journals(directory, 1, files);
  if (files.readable > 0) return Outcome::ok();
  const std::string where =
      directories.size() == 1 ? directories[0] : directories[0] + " and " + directories[1];
  if (files.all == 0 && !files.refused) return Outcome::nothing("no journal is in " + where);
  return Outcome::failed("the journal in " + where +
                         " cannot be read: let the agent's user be in the group systemd-journal");
}

void JournalCloser::operator()(sd_journal* journal) const {
  ::sd_journal_close(journal);
}

JournalFeed::JournalFeed(JournalSource source, FeedSinks open_sink, FeedContext context)
    : source_(std::move(source)),
      name_(source_.name()),
      context_(context),
      sinks_(name_, std::move(open_sink)) {
  if (context_.handover == nullptr) return;
  if (auto left = context_.handover->take(name_)) cursor_ = std::move(left->text);
}

JournalFeed::~JournalFeed() {
  if (context_.handover == nullptr || cursor_.empty()) return;
  context_.handover->leave(name_, {.descriptor = {}, .text = std::move(cursor_)});
}

FeedDescriptor JournalFeed::descriptor() const {
  const int fd = journal_ ? ::sd_journal_get_fd(journal_.get()) : -1;
  return {.fd = fd, .opened = openings_, .ready = ready_};
}

void JournalFeed::tend() {
  if (journal_ && outcome_.state == Outcome::State::ok) return;
  if (beats_++ % kBeatsBetweenTries != 0) return;
  Outcome now = look_at_journal(source_);
  if (auto opened = open(); !opened) now = Outcome::failed(opened.error().message);
  if (now.why != outcome_.why && now.state != Outcome::State::ok) {
    context_.log.write(Level::warn, "access_log: " + name_ + ": " + now.why);
  }
  outcome_ = std::move(now);
}

Result<void> JournalFeed::open() {
  sd_journal* raw = nullptr;
  const int code = source_.directory.empty()
                       ? ::sd_journal_open(&raw, SD_JOURNAL_LOCAL_ONLY)
                       : ::sd_journal_open_directory(&raw, source_.directory.c_str(), 0);
  if (code < 0) return system_error("cannot open the journal", -code);
  JournalPtr journal(raw);
  ::sd_journal_set_data_threshold(raw, kMessage.size() + kMaxLineBytes + 1);
  if (!match(raw, source_.units)) return Error{"the journal takes no such unit"};
  // Before it is sought, so that nothing comes in between.
  if (const int fd = ::sd_journal_get_fd(raw); fd < 0) {
    return system_error("cannot watch the journal", -fd);
  }
  // What was read of a journal that is opened anew is told by its cursor; without one nothing was.
  const int sought = seek(raw, cursor_, source_.start_at_beginning || openings_ > 0);
  if (sought < 0) return system_error("cannot read the journal", -sought);
  journal_ = std::move(journal);
  ++openings_;
  ready_ = true;
  if (cursor_.empty()) keep_cursor();
  return {};
}

bool JournalFeed::read() {
  if (!journal_) return false;
  ::sd_journal_process(journal_.get());
  int entries = 0;
  while (entries<kEntriesPerTurn&& ::sd_journal_next(journal_.get())> 0) {
    take_entry();
    ++entries;
  }
  batch_.flush();
  if (entries > 0) keep_cursor();
  ready_ = entries == kEntriesPerTurn;
  return ready_;
}

void JournalFeed::take_entry() {
  const std::string unit = unit_of_entry();
  const Field message = field(journal_.get(), "MESSAGE");
  if (message.code == -ENOENT) return;  // an entry without a text
  LineSink& sink = sinks_.of(unit);
  if (message.code == -E2BIG) {
    sink.line_too_long();
  } else if (message.code < 0) {
    ++stats_.lost;
  } else {
    stats_.read_bytes += message.value.size();
    batch_.add(sink, message.value);
  }
}

std::string JournalFeed::unit_of_entry() const {
  for (const char* name : {"_SYSTEMD_UNIT", "_SYSTEMD_USER_UNIT"}) {
    const Field unit = field(journal_.get(), name);
    const auto& units = source_.units;
    if (unit.code == 0 && std::find(units.begin(), units.end(), unit.value) != units.end()) {
      return std::string(unit.value);
    }
  }
  return {};
}

void JournalFeed::keep_cursor() {
  char* cursor = nullptr;
  if (::sd_journal_get_cursor(journal_.get(), &cursor) < 0) return;
  cursor_ = cursor;
  std::free(cursor);  // NOLINT(cppcoreguidelines-no-malloc): the library's
}

}  // namespace wayside
