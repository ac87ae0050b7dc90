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
  found_.clear();
  refused_ = false;
  for (const pid_t pid : listeners_.empty() ? std::span<const pid_t>() : pids) {
    look_into(files, pid);
  }
  looked_ = true;
  next_ = now + kGap;
  return true;
}

bool PortHolders::lacks_holder(std::span<const std::uint16_t> ports) const {
  return std::any_of(listeners_.begin(), listeners_.end(), [&](const TcpListener& listener) {
    return !found_.contains(listener.inode) &&
           std::find(ports.begin(), ports.end(), listener.port) != ports.end();
  });
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
  descriptors_.clear();
  const int code = process ? files.descriptors(process.get(), descriptors_) : 0;
  refused_ = refused_ || is_refused(code);
  if (code != 0 || !process) return;
  for (const int number : descriptors_) {
    std::array<char, 24> name = {'f', 'd', '/'};
    std::to_chars(name.data() + 3, name.data() + name.size() - 1, number);
    std::string_view text;
    files.link(process.get(), name.data(), text);
    const auto inode = parse_socket_link(text);
    if (!inode) continue;
    for (const TcpListener& listener : listeners_) {
      if (listener.inode != *inode) continue;
      held_[pid].push_back(listener.port);
      found_.insert(*inode);
    }
  }
}

}  // namespace wayside
