#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "tests/support/temp_dir.h"

namespace wayside {

// A process as its files in a fake /proc tell of it. What is absent has no file or line.
struct FakeProcess {
  int pid = 0;
  int parent = 1;
  std::string comm = "node";
  std::string command = "node /srv/server.js";  // arguments separated by blanks
  char state = 'S';
  std::uint64_t start = 1000;  // ticks
  std::uint64_t user = 0;      // ticks
  std::uint64_t system = 0;
  std::uint64_t pages = 100;
  std::uint64_t threads = 1;
  std::uint64_t minor_faults = 0;
  std::uint64_t voluntary = 0;
  std::uint64_t uid = 1000;
  std::optional<std::uint64_t> read_bytes = 0;
  std::optional<std::uint64_t> pss_kb = 50;
  int files = 3;
  std::string cgroup = "0::/system.slice/api.service\n";
};

// A /proc that a test writes: processes begin, change, end and come again under old pids. Process
// 1 is there from the start, the machine was booted at 1,700,000,000 and has 1 GiB.
class FakeProc {
 public:
  FakeProc();
  void put(const FakeProcess& process) const;
  void remove(int pid) const;
  void write(const std::string& path, const std::string& text) const;
  void uptime(double seconds) const;
  [[nodiscard]] const std::filesystem::path& path() const { return dir_.path(); }

 private:
  support::TempDir dir_;
};

}  // namespace wayside
