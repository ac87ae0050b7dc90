#include "collectors/host/disk/mount_calls.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace wayside {
namespace {

// How long the end waits for threads that are not stuck.
constexpr auto kPatience = std::chrono::milliseconds(200);

}  // namespace

struct MountCalls::Shared {
  explicit Shared(Call wanted) : call(wanted) {}

  const Call call;
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<std::string> queue;
  std::set<std::string> open;   // paths that are in the queue or in a call
  std::set<std::string> fresh;  // those of them that the last `ask` put there
  std::map<std::string, Answer> answers;
  std::size_t answered = 0;
  std::size_t threads = 0;
  std::size_t idle = 0;
  bool stop = false;
};

MountCalls::MountCalls(Call call, const Limits& limits)
    : limits_(limits), shared_(std::make_shared<Shared>(call)) {}

MountCalls::~MountCalls() {
  std::unique_lock lock(shared_->mutex);
  shared_->stop = true;
  shared_->changed.notify_all();
  shared_->changed.wait_for(lock, kPatience, [this] { return shared_->threads == 0; });
}

void MountCalls::work(const std::shared_ptr<Shared>& shared) {
  std::unique_lock lock(shared->mutex);
  // Of threads without work one stays.
  while (!shared->stop && (!shared->queue.empty() || shared->idle == 0)) {
    ++shared->idle;
    shared->changed.wait(lock, [&shared] { return shared->stop || !shared->queue.empty(); });
    --shared->idle;
    if (shared->stop) break;
    const std::string path = std::move(shared->queue.front());
    shared->queue.pop_front();
    lock.unlock();
    Answer answer;
    if (shared->call(path.c_str(), &answer.values) != 0) answer.error = errno;
    lock.lock();
    shared->open.erase(path);
    shared->fresh.erase(path);
    shared->answers[path] = answer;
    ++shared->answered;
    shared->changed.notify_all();
  }
  --shared->threads;
  shared->changed.notify_all();
}

// Where the system gives no more threads, what is left waits for those that there are.
void MountCalls::add_thread() {
  if (shared_->threads >= limits_.threads) return;
  try {
    std::thread(work, shared_).detach();
    ++shared_->threads;
  } catch (const std::system_error&) {
    return;
  }
}

void MountCalls::ask(std::span<const std::string> paths, SteadyTime now) {
  std::unique_lock lock(shared_->mutex);
  shared_->fresh.clear();
  for (const std::string& path : paths) {
    if (!shared_->open.insert(path).second) continue;
    shared_->fresh.insert(path);
    shared_->queue.push_back(path);
  }
  if (shared_->threads == 0) add_thread();
  shared_->changed.notify_all();
  wait(lock);
  take_answers(paths, now);
}

void MountCalls::wait(std::unique_lock<std::mutex>& lock) {
  const auto end = std::chrono::steady_clock::now() + limits_.all;
  while (!shared_->fresh.empty() && std::chrono::steady_clock::now() < end) {
    const std::size_t before = shared_->answered;
    const bool moved = shared_->changed.wait_for(
        lock, limits_.each, [this, before] { return shared_->answered != before; });
    if (moved) continue;
    if (shared_->queue.empty()) break;
    add_thread();
  }
}

void MountCalls::take_answers(std::span<const std::string> paths, SteadyTime now) {
  std::map<std::string, Known> known;
  for (const std::string& path : paths) {
    Known& mount = known[path] = known_[path];
    const auto answer = shared_->answers.find(path);
    if (answer != shared_->answers.end()) mount.answer = answer->second;
    if (!shared_->open.contains(path)) {
      mount.silent_since.reset();
    } else if (!mount.silent_since) {
      mount.silent_since = now;
    }
  }
  shared_->answers.clear();
  known_ = std::move(known);
}

std::optional<MountCalls::Answer> MountCalls::answer(const std::string& path,
                                                     SteadyTime now) const {
  const auto known = known_.find(path);
  if (known == known_.end()) return std::nullopt;
  const auto& [answer, silent_since] = known->second;
  if (silent_since && now - *silent_since >= limits_.silence) return Answer{ETIMEDOUT, {}};
  return answer;
}

}  // namespace wayside
