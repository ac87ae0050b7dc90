#include "tests/collectors/access_log/source/follow_fixture.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace wayside {

TempDir::TempDir() {
  std::string name = (std::filesystem::temp_directory_path() / "wayside-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}

TempDir::~TempDir() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Writer::Writer(std::string path) : path_(std::move(path)) {
  reopen();
}

Writer::~Writer() {
  ::close(fd_);
}

void Writer::write(std::string_view text) const {
  while (!text.empty()) {
    const auto n = ::write(fd_, text.data(), text.size());
    ASSERT_GT(n, 0);
    text.remove_prefix(static_cast<std::size_t>(n));
  }
}

void Writer::reopen() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  ASSERT_GE(fd_, 0) << path_;
}

void copy_and_cut(const std::string& path, const std::string& copy) {
  std::filesystem::copy_file(path, copy);
  std::filesystem::resize_file(path, 0);
}

bool eventually(const std::function<bool()>& so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!so()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

void LogKept::write(Level /*level*/, std::string_view message) {
  const std::lock_guard lock(mutex_);
  messages_.emplace_back(message);
}

bool LogKept::has(std::string_view part) const {
  return count(part) > 0;
}

std::size_t LogKept::count(std::string_view part) const {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::count_if(
      messages_.begin(), messages_.end(),
      [&](const std::string& message) { return message.find(part) != std::string::npos; }));
}

class GatheringSink final : public LineSink {
 public:
  explicit GatheringSink(Gathered& gathered) : gathered_(gathered) {}

  void head(std::string_view lines) override {
    const std::lock_guard lock(gathered_.mutex_);
    gathered_.head_ = lines;
  }
  void lines(std::string_view block) override {
    ASSERT_TRUE(block.ends_with('\n'));
    const std::lock_guard lock(gathered_.mutex_);
    while (!block.empty()) {
      const auto end = block.find('\n');
      gathered_.lines_.emplace_back(block.substr(0, end));
      block.remove_prefix(end + 1);
    }
  }
  void line_too_long() override {
    const std::lock_guard lock(gathered_.mutex_);
    ++gathered_.long_lines_;
  }

 private:
  Gathered& gathered_;
};

std::unique_ptr<LineSink> Gathered::sink() {
  return std::make_unique<GatheringSink>(*this);
}

std::vector<std::string> Gathered::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

std::size_t Gathered::size() const {
  const std::lock_guard lock(mutex_);
  return lines_.size();
}

std::size_t Gathered::long_lines() const {
  const std::lock_guard lock(mutex_);
  return long_lines_;
}

std::string Gathered::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

std::map<std::string, int> Gathered::counts() const {
  std::map<std::string, int> counts;
  for (const auto& line : lines()) ++counts[line];
  return counts;
}

FollowTimes quick_times() {
  FollowTimes times;
  times.pause = Micros{1000};
  times.beat = Micros{20'000};
  times.scan = Micros{50'000};
  times.scan_gap = Micros{1000};
  return times;
}

Following::Following(Shared& shared, std::vector<FollowSource> sources, FollowTimes times)
    : stats_(sources.size()) {
  FollowHooks hooks{
      .open_sink = [&shared](std::size_t, const std::string&) { return shared.sink(); },
      .beat =
          [this](const std::vector<FollowStats>& stats) {
            const std::lock_guard lock(mutex_);
            stats_ = stats;
          }};
  auto follower = Follower::create(std::move(sources),
                                   {.positions = shared.positions,
                                    .log = shared.log,
                                    .clock = shared.clock,
                                    .silent = shared.silent},
                                   std::move(hooks), times);
  EXPECT_TRUE(follower.ok());
  follower_ = std::move(*follower);
  thread_ = std::jthread([this](const std::stop_token& stop) { follower_->run(stop); });
}

void Following::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

FollowStats Following::stats(std::size_t source) const {
  const std::lock_guard lock(mutex_);
  return stats_[source];
}

}  // namespace wayside
