#include "collectors/processes/member_reader.h"

#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "agent/system/units.h"
#include "collectors/processes/process_io.h"
#include "collectors/processes/process_status.h"

namespace wayside {
namespace {

constexpr unsigned kLimitsAgain = 12;  // limits and cgroups seldom change: every so many reads

std::size_t quarter_of_descriptors() {
  constexpr std::size_t kFew = 64;
  constexpr rlim_t kMany = 65'536;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kFew;
  return static_cast<std::size_t>(std::min(limit.rlim_cur, kMany) / 4);
}

std::string needs_right(std::string_view what) {
  return std::string(what) +
         " of other users' processes cannot be read; the capability CAP_SYS_PTRACE would allow it";
}

void add_switches(Member& member, const ThreadSwitches& before, const ThreadSwitches& now) {
  member.voluntary_switches += now.voluntary - std::min(now.voluntary, before.voluntary);
  member.involuntary_switches += now.involuntary - std::min(now.involuntary, before.involuntary);
}

}  // namespace

void take_stat(Member& member, const ProcessStat& stat) {
  member.state = stat.state;
  member.threads = stat.threads;
  member.virtual_bytes = stat.virtual_bytes;
  member.resident_bytes = stat.resident_pages * static_cast<std::uint64_t>(bytes_per_page());
  Counts& now = member.read_counts;
  now[Count::user_ticks] = stat.user_ticks;
  now[Count::system_ticks] = stat.system_ticks;
  now[Count::minor_faults] = stat.minor_faults;
  now[Count::major_faults] = stat.major_faults;
}

MemberReader::MemberReader(ProcFiles& files) : files_(files), may_keep_(quarter_of_descriptors()) {}

void MemberReader::begin(std::size_t members) {
  kept_ = 0;
  ++pass_;
  turns_ = static_cast<unsigned>((members + kMostDetails - 1) / kMostDetails);
}

// One that may not be read stays closed, and is tried each time.
void MemberReader::keep_open(Member& member) {
  constexpr std::size_t kFiles = 4;
  if (!member.directory && kept_ + kFiles <= may_keep_) {
    member.directory = files_.open_process(member.pid);
    if (member.directory) {
      member.stat_file = files_.open_file(member.directory.get(), "stat");
      member.status_file = files_.open_file(member.directory.get(), "status");
      member.io_file = files_.open_file(member.directory.get(), "io");
    }
  }
  if (member.directory) kept_ += kFiles;
}

int MemberReader::read_record(const FileDescriptor& file, int directory, const char* name,
                              std::string_view& text) {
  return file ? files_.reread(file, text) : files_.read_record(directory, name, text);
}

bool MemberReader::read_stat(Member& member) {
  std::string_view text;
  const int code = member.stat_file ? files_.reread(member.stat_file, text)
                                    : files_.read_record_of(member.pid, "stat", text);
  if (code != 0) return false;
  const auto stat = parse_process_stat(text);
  if (!stat || stat->start_ticks != member.start_ticks) return false;
  take_stat(member, *stat);
  return true;
}

void MemberReader::read(Member& member) {
  keep_open(member);
  if (member.reads == 0 && !read_stat(member)) return;
  const auto number = static_cast<unsigned>(member.pid);
  const bool turn = member.reads == 0 || turns_ <= 1 || number % turns_ == pass_ % turns_;
  if (!member.zombie() && !turn) return;
  if (!member.zombie()) {
    FileDescriptor opened;
    if (!member.directory) opened = files_.open_process(member.pid);
    const int directory = member.directory ? member.directory.get() : opened.get();
    if (directory < 0) return;
    read_status(member, directory);
    read_io(member, directory);
    read_files(member, directory);
  } else {
    member.anonymous_bytes = member.swapped_bytes = member.open_files = 0;
    member.proportional = ProportionalMemory{0, 0};
    member.file_limit.reset();
  }
  ++member.reads;
}

void MemberReader::read_status(Member& member, int directory) {
  Counts& counts = member.read_counts;
  std::string_view text;
  if (read_record(member.status_file, directory, "status", text) != 0) return;
  const ProcessStatus status = parse_process_status(text);
  const bool no_memory = member.virtual_bytes == 0;  // a thread of the kernel
  member.anonymous_bytes = no_memory ? 0 : status.anonymous_bytes;
  member.swapped_bytes = no_memory ? 0 : status.swapped_bytes;
  if (member.threads > kMostThreads) {
    counts[Count::voluntary_switches].reset();
    counts[Count::involuntary_switches].reset();
  } else if (member.threads == 1 && status.voluntary_switches && status.involuntary_switches) {
    switches_.assign({{member.pid, *status.voluntary_switches, *status.involuntary_switches}});
    take_switches(member);
  }
}

void MemberReader::read_switches(std::vector<Member*>& members) {
  const auto several = [](const Member* member) {
    return member->threads > 1 && member->threads <= kMostThreads && !member->zombie();
  };
  const auto end = std::partition(members.begin(), members.end(), several);
  std::sort(members.begin(), end,
            [](const Member* a, const Member* b) { return a->switches_read < b->switches_read; });
  std::size_t left = kMostThreadsOfPass;
  for (auto at = members.begin(); at != end && (*at)->threads <= left; ++at) {
    left -= (*at)->threads;
    read_switches_of(**at);
  }
}

void MemberReader::read_switches_of(Member& member) {
  member.switches_read = pass_;
  FileDescriptor opened;
  if (!member.directory) opened = files_.open_process(member.pid);
  const int directory = member.directory ? member.directory.get() : opened.get();
  threads_.clear();
  switches_.clear();
  if (directory < 0 || files_.threads(directory, threads_) != 0) return;
  for (const pid_t thread : threads_) {
    std::array<char, 32> name = {'t', 'a', 's', 'k', '/'};
    constexpr std::string_view kStatus = "/status";
    char* end = std::to_chars(name.data() + 5, name.data() + 20, thread).ptr;
    kStatus.copy(end, kStatus.size());
    std::string_view text;
    if (files_.read_record(directory, name.data(), text) != 0) continue;
    const ProcessStatus status = parse_process_status(text);
    if (!status.voluntary_switches || !status.involuntary_switches) continue;
    switches_.push_back({thread, *status.voluntary_switches, *status.involuntary_switches});
  }
  if (!switches_.empty()) take_switches(member);
}

// A thread that is new since counts from zero; one that ended leaves what it had.
void MemberReader::take_switches(Member& member) {
  for (const ThreadSwitches& now : switches_) {
    const auto before = std::find_if(member.switches.begin(), member.switches.end(),
                                     [&](const auto& old) { return old.thread == now.thread; });
    add_switches(member, before == member.switches.end() ? ThreadSwitches{} : *before, now);
  }
  member.switches = switches_;
  member.read_counts[Count::voluntary_switches] = member.voluntary_switches;
  member.read_counts[Count::involuntary_switches] = member.involuntary_switches;
}

void MemberReader::read_io(Member& member, int directory) {
  Counts& counts = member.read_counts;
  std::string_view text;
  const int code = read_record(member.io_file, directory, "io", text);
  member.io_refused = is_refused(code);
  if (code != 0 && !member.io_refused) return;  // it vanished: what it had done stays
  const ProcessIo io = code == 0 ? parse_process_io(text) : ProcessIo{};
  counts[Count::read_bytes] = io.read_bytes;
  counts[Count::written_bytes] = io.written_bytes;
}

void MemberReader::read_files(Member& member, int directory) {
  std::size_t count = 0;
  const int code = files_.open_files(directory, count);
  member.files_refused = is_refused(code);
  member.open_files.reset();
  if (code == 0) member.open_files = count;
  if (member.reads % kLimitsAgain != 0) return;
  std::string_view text;
  member.file_limit.reset();
  if (files_.read(directory, "limits", text) == 0) {
    member.file_limit = parse_soft_limit(text, "Max open files");
  }
  if (files_.read(directory, "cgroup", text) == 0) member.cgroup = text;
}

void MemberReader::read_proportional_of(Member& member, SteadyTime now) {
  using Steady = std::chrono::steady_clock;
  const SteadyTime begun = Steady::now();
  FileDescriptor opened;
  if (!member.directory) opened = files_.open_process(member.pid);
  const int directory = member.directory ? member.directory.get() : opened.get();
  std::string_view text;
  const int code = directory < 0 ? ESRCH : files_.read(directory, "smaps_rollup", text);
  member.proportional_refused = is_refused(code);
  if (code == 0) {
    member.proportional = parse_smaps_rollup(text);
  } else {
    member.proportional.reset();
  }
  // A large process is looked at more seldom: at most a thousandth of a CPU goes into it.
  constexpr int kShare = 1000;
  member.proportional_due =
      now + std::max<SteadyTime::duration>(kProportionalGap, (Steady::now() - begun) * kShare);
}

void MemberReader::read_proportional(std::vector<Member*>& members, SteadyTime now) {
  using Steady = std::chrono::steady_clock;
  std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) {
    return a->proportional_due < b->proportional_due;
  });
  const SteadyTime end = Steady::now() + kProportionalTime;
  for (Member* member : members) {
    if (member->proportional_due > now || Steady::now() >= end) break;
    if (member->zombie() || member->virtual_bytes == 0) {
      member->proportional = ProportionalMemory{0, 0};
      member->proportional_due = now + kProportionalGap;
    } else {
      read_proportional_of(*member, now);
    }
  }
}

std::vector<Outcome::Part> MemberReader::parts(std::span<Member* const> members) {
  const auto part = [&](const char* name, bool Member::*is_refused, std::string_view what) {
    const bool any = std::any_of(members.begin(), members.end(), [&](const Member* member) {
      return member->*is_refused && !member->zombie();
    });
    return Outcome::Part{name, any ? needs_right(what) : std::string()};
  };
  return {part("io", &Member::io_refused, "bytes read and written"),
          part("fd", &Member::files_refused, "the number of open files"),
          part("smaps", &Member::proportional_refused, "proportional memory")};
}

}  // namespace wayside
