#include "tests/support/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::support {
namespace {

// What exec takes, built before the fork: between fork and exec nothing may allocate.
struct Exec {
  std::vector<std::string> words, environment;
  std::vector<char*> argv, envp;
  std::string input, output, errors;
  int death_signal;
  pid_t parent;

  explicit Exec(const Command& command)
      : words(command.words),
        input(command.input),
        output(command.output),
        errors(command.errors),
        death_signal(command.death_signal),
        parent(::getpid()) {
    for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
    for (const auto& [name, value] : command.environment) {
      std::erase_if(environment, [&](const auto& e) { return e.starts_with(name + "="); });
      environment.push_back(name + "=" + value);
    }
    for (auto& word : words) argv.push_back(word.data());
    for (auto& entry : environment) envp.push_back(entry.data());
    argv.push_back(nullptr);
    envp.push_back(nullptr);
  }

  [[noreturn]] void become() {
    ::prctl(PR_SET_PDEATHSIG, death_signal);
    if (::getppid() != parent) ::_exit(127);
    redirect(input.c_str(), O_RDONLY, 0);
    redirect(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 1);
    redirect(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 2);
    ::close_range(3, ~0U, 0);
    ::execvpe(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }

  static void redirect(const char* path, int flags, int to) {
    const int fd = ::open(path, flags, 0644);
    if (fd < 0 || ::dup2(fd, to) < 0) ::_exit(126);
  }
};

}  // namespace

Process::Process(const Command& command) {
  Exec exec(command);
  pid_ = ::fork();
  if (pid_ == 0) exec.become();
  if (pid_ < 0) ADD_FAILURE() << "cannot fork for " << command.words.front();
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), code_(other.code_) {}

Process::~Process() {
  if (pid_ > 0) stop();
}

void Process::reap(int options) {
  if (code_ || pid_ <= 0) return;
  int status = 0;
  if (::waitpid(pid_, &status, options) != pid_) return;
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool Process::running() {
  reap(WNOHANG);
  return pid_ > 0 && !code_;
}

void Process::signal(int number) const {
  if (pid_ > 0 && !code_) ::kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  wait_until([this] { return !running(); }, limit, std::chrono::milliseconds{5});
  return code_;
}

int Process::stop(std::chrono::milliseconds grace) {
  signal(SIGTERM);
  if (!wait(grace)) {
    signal(SIGKILL);
    reap(0);
  }
  return code_.value_or(-1);
}

Finished run(std::vector<std::string> words, const std::filesystem::path& input,
             std::chrono::milliseconds limit) {
  const TempDir dir;
  Command command{.words = std::move(words), .input = input};
  command.output = dir / "out";
  command.errors = dir / "err";
  Process process(command);
  const auto code = process.wait(limit);
  if (!code) process.stop(std::chrono::seconds{1});
  return {code.value_or(124), read_file(command.output), read_file(command.errors)};
}

std::string find_program(const std::vector<std::string>& paths) {
  for (const auto& path : paths) {
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

std::optional<long> memory_kb(pid_t pid, const std::string& key) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(key + ":")) return std::stol(line.substr(key.size() + 1));
  }
  return std::nullopt;
}

}  // namespace wayside::support
