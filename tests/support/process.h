#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wayside::support {

struct Command {
  std::vector<std::string> words;  // the program, absolute or in PATH, and its arguments
  std::filesystem::path input = "/dev/null";
  std::filesystem::path output = "/dev/null";
  std::filesystem::path errors = "/dev/null";
  std::vector<std::pair<std::string, std::string>> environment{};  // added to ours
  // What the child gets when the test dies without having stopped it. A program with children
  // of its own needs one that lets it end them.
  int death_signal = SIGKILL;
};

// A child process: started on construction, stopped and reaped on destruction, and ended by the
// kernel where the test itself is killed. Constructed on a thread that outlives it.
class Process {
 public:
  explicit Process(const Command& command);
  ~Process();
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] bool running();
  void signal(int number) const;

  // The exit code, or 128 + the signal that ended it; nothing when it still runs at the limit.
  std::optional<int> wait(std::chrono::milliseconds limit);
  // SIGTERM, and SIGKILL where that does not help within `grace`; the exit code as above.
  int stop(std::chrono::milliseconds grace = std::chrono::seconds{20});

 private:
  void reap(int options);
  pid_t pid_ = -1;
  std::optional<int> code_;
};

struct Finished {
  int code = -1;  // 124: did not end in time and was stopped
  std::string output;
  std::string errors;
};

// Runs a command to its end, its output and errors kept in memory.
Finished run(std::vector<std::string> words, const std::filesystem::path& input = "/dev/null",
             std::chrono::milliseconds limit = std::chrono::seconds{60});

// The first of these programs that exists, or an empty text.
std::string find_program(const std::vector<std::string>& paths);

// A figure of /proc/PID/status in kB ("VmRSS", "VmHWM"); nothing where it cannot be read.
std::optional<long> memory_kb(pid_t pid, const std::string& key);

}  // namespace wayside::support
