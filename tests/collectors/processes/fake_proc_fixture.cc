#include <algorithm>
#include <fstream>

#include "tests/collectors/processes/fake_proc.h"

namespace wayside {

FakeProc::FakeProc() {
  write("stat", "cpu 1 2 3\nbtime 1700000000\n");
  write("meminfo", "MemTotal:        1048576 kB\nMemFree:          1 kB\n");
  uptime(100'000);
  FakeProcess first;
  first.pid = 1;
  first.parent = 0;
  first.start = 1;
  first.comm = "init";
  first.command = "/sbin/init";
  put(first);
}

void FakeProc::write(const std::string& path, const std::string& text) const {
  std::filesystem::create_directories((dir_.path() / path).parent_path());
  std::ofstream(dir_.path() / path) << text;
}

void FakeProc::uptime(double seconds) const {
  write("uptime", std::to_string(seconds) + " 1.00\n");
}

// A descriptor of a process that ended reads nothing more.
void FakeProc::remove(int pid) const {
  write(std::to_string(pid) + "/stat", "");
  std::filesystem::remove_all(dir_.path() / std::to_string(pid));
}

// As the kernel does it, another process under the same pid has another directory.
void FakeProc::put(const FakeProcess& p) const {
  const auto text = [](auto number) { return std::to_string(number); };
  const std::string folder = text(p.pid) + "/";
  std::filesystem::create_directories(dir_.path() / (folder + "fd"));
  write(folder + "stat", text(p.pid) + " (" + p.comm + ") " + p.state + " " + text(p.parent) +
                             " 1 1 0 -1 4194560 " + text(p.minor_faults) + " 0 0 0 " +
                             text(p.user) + " " + text(p.system) + " 0 0 20 0 " + text(p.threads) +
                             " 0 " + text(p.start) + " 1048576 " + text(p.pages) + " 184467 1 1\n");
  std::string command = p.command;
  std::replace(command.begin(), command.end(), ' ', '\0');
  write(folder + "cmdline", command + '\0');
  write(folder + "status", "Name:\tx\nUid:\t" + text(p.uid) + "\t" + text(p.uid) +
                               "\t0\t0\nRssAnon:\t     200 kB\nVmSwap:\t       4 kB\n"
                               "voluntary_ctxt_switches:\t" +
                               text(p.voluntary) + "\nnonvoluntary_ctxt_switches:\t2\n");
  write(folder + "limits", "Limit  Soft Limit Hard Limit Units\nMax open files  100  200  files\n");
  write(folder + "cgroup", p.cgroup);
  if (p.read_bytes) {
    write(folder + "io", "rchar: 9\nread_bytes: " + text(*p.read_bytes) + "\nwrite_bytes: 7\n");
  }
  if (p.pss_kb) {
    write(folder + "smaps_rollup", "00-ff ---p 00:00 0 [rollup]\nRss: 100 kB\nPss: " +
                                       text(*p.pss_kb) + " kB\nSwapPss: 2 kB\n");
  }
  for (int file = 0; file < p.files; ++file) write(folder + "fd/" + text(file), "");
}

}  // namespace wayside
