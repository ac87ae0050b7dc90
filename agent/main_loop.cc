#include "agent/main_loop.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <utility>

namespace wayside {
namespace {

constexpr auto kTick = std::chrono::seconds(1);

sigset_t taken_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, number);
  return set;
}

int millis_until(std::chrono::steady_clock::time_point when) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(when - std::chrono::steady_clock::now());
  return left.count() < 0 ? 0 : static_cast<int>(left.count());
}

}  // namespace

Result<std::unique_ptr<MainLoop>> MainLoop::create() {
  std::signal(SIGPIPE, SIG_IGN);
  const sigset_t set = taken_signals();
  if (const int code = pthread_sigmask(SIG_BLOCK, &set, nullptr); code != 0) {
    return system_error("cannot block signals", code);
  }
  FileDescriptor signals(signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC));
  FileDescriptor wake(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!signals || !wake) return system_error("cannot wait for signals");
  return std::unique_ptr<MainLoop>(new MainLoop(std::move(signals), std::move(wake)));
}

MainLoop::MainLoop(FileDescriptor signals, FileDescriptor wake)
    : signals_(std::move(signals)), wake_(std::move(wake)) {}

void MainLoop::run(const Handlers& handlers) {
  auto next_tick = std::chrono::steady_clock::now() + kTick;
  std::array<pollfd, 2> waits = {pollfd{signals_.get(), POLLIN, 0}, pollfd{wake_.get(), POLLIN, 0}};
  while (true) {
    (void)poll(waits.data(), waits.size(), millis_until(next_tick));
    if (!take_signals(handlers)) break;
    take_requests(handlers);
    if (std::chrono::steady_clock::now() >= next_tick) {
      handlers.tick();
      next_tick = std::chrono::steady_clock::now() + kTick;
    }
  }
  close();
}

bool MainLoop::take_signals(const Handlers& handlers) {
  signalfd_siginfo info{};
  bool reload = false;
  while (read(signals_.get(), &info, sizeof info) == sizeof info) {
    if (info.ssi_signo != SIGHUP) return false;
    reload = true;
  }
  if (reload) (void)handlers.reload();  // it logs what came of it
  return true;
}

void MainLoop::take_requests(const Handlers& handlers) {
  std::uint64_t count = 0;
  (void)!read(wake_.get(), &count, sizeof count);
  std::vector<std::promise<Result<void>>> requests;
  {
    const std::lock_guard lock(mutex_);
    requests.swap(requests_);
  }
  if (requests.empty()) return;
  const Result<void> result = handlers.reload();
  for (auto& request : requests) request.set_value(result);
}

Result<void> MainLoop::request_reload() {
  std::future<Result<void>> answer;
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return Error{"the agent is about to end"};
    answer = requests_.emplace_back().get_future();
  }
  const std::uint64_t one = 1;
  (void)!write(wake_.get(), &one, sizeof one);
  return answer.get();
}

void MainLoop::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (auto& request : requests_) request.set_value(Error{"the agent is about to end"});
  requests_.clear();
}

}  // namespace wayside
