#include "collectors/processes/port_holders.h"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace wayside {
namespace {

bool same(const std::vector<TcpListener>& a, const std::vector<TcpListener>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const TcpListener& x, const TcpListener& y) {
                      return x.port == y.port && x.inode == y.inode;
                    });
}

}  // namespace

bool PortHolders::refresh(ProcFiles& files, std::span<const pid_t> pids, SteadyTime now) {
  if (ports_.empty()) return false;
  std::vector<TcpListener> listeners;
  if (!read_tables(files, now, listeners)) return false;
  if (looked_ && now < next_ && same(listeners, listeners_)) return false;
  listeners_ = std::move(listeners);
  held_.clear();
  refused_ = false;
  for (const pid_t pid : listeners_.empty() ? std::span<const pid_t>() : pids) {
    look_into(files, pid);
  }
  blind_ = refused_ && !listeners_.empty() && held_.empty();
  looked_ = true;
  next_ = now + kGap;
  return true;
}

std::span<const std::uint16_t> PortHolders::ports_of(pid_t pid) const {
  const auto held = held_.find(pid);
  if (held == held_.end()) return {};
  return held->second;
}

// False where it is too early.
bool PortHolders::read_tables(ProcFiles& files, SteadyTime now, std::vector<TcpListener>& out) {
  if (now < tables_due_) return false;
  const std::size_t bytes = read_table(files, "net/tcp", out) + read_table(files, "net/tcp6", out);
  tables_due_ = now + kRestPerByte * static_cast<std::int64_t>(bytes);
  return true;
}

std::size_t PortHolders::read_table(ProcFiles& files, const char* name,
                                    std::vector<TcpListener>& out) {
  if (files.read_long(name, table_) != 0) return 0;
  parse_listeners(table_, ports_, out);
  return table_.size();
}

void PortHolders::look_into(ProcFiles& files, pid_t pid) {
  const FileDescriptor process = files.open_process(pid);
  numbers_.clear();
  const int code = process ? files.numbers(process.get(), "fd", numbers_) : 0;
  if (code == EACCES || code == EPERM) refused_ = true;
  if (code != 0 || !process) return;
  for (const pid_t number : numbers_) {
    std::array<char, 24> name = {'f', 'd', '/'};
    std::to_chars(name.data() + 3, name.data() + name.size() - 1, number);
    const auto inode = parse_socket_link(files.link(process.get(), name.data()));
    if (!inode) continue;
    for (const TcpListener& listener : listeners_) {
      if (listener.inode == *inode) held_[pid].push_back(listener.port);
    }
  }
}

}  // namespace wayside
