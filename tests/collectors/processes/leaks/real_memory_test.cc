// Real processes whose memory does what a leak does and what looks like one, seen through the whole
// collector. Time goes ten times as fast: the collector's clock does, and so do the processes.
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <set>
#include <thread>

#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

constexpr int kFaster = 10;
constexpr double kMegabyte = 1e6;

class FastClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override {
    return wall_ + std::chrono::duration_cast<Micros>(passed());
  }
  [[nodiscard]] SteadyTime steady() const override { return begun_ + passed(); }
  // Seconds of this clock since it was made.
  [[nodiscard]] double now() const { return std::chrono::duration<double>(passed()).count(); }

 private:
  [[nodiscard]] SteadyTime::duration passed() const {
    return (std::chrono::steady_clock::now() - begun_) * kFaster;
  }
  SteadyTime begun_ = std::chrono::steady_clock::now();
  WallTime wall_ = std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now());
};

// Memory whose first bytes are in use. Nothing else of the child allocates.
class Hoard {
 public:
  void use(double megabytes) {
    const auto wanted = std::min(kRoom, static_cast<std::size_t>(megabytes * kMegabyte));
    if (wanted < used_) madvise(room_ + wanted, kRoom - wanted, MADV_DONTNEED);
    for (std::size_t at = used_; at < wanted; at += 4096) room_[at] = 1;
    used_ = (wanted + 4095) / 4096 * 4096;
  }

 private:
  static constexpr std::size_t kRoom = 1'000'000'000;
  char* room_ = static_cast<char*>(mmap(nullptr, kRoom, PROT_READ | PROT_WRITE,
                                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  std::size_t used_ = 0;
};

// A child with a name of its own that uses as many megabytes as `level` says of its age in seconds
// of the fast clock. Ended with its owner.
class Child {
 public:
  Child(const char* name, double (*level)(double age)) : pid_(fork()) {
    if (pid_ != 0) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NAME, name);
    Hoard hoard;
    const auto begun = std::chrono::steady_clock::now();
    while (true) {
      const std::chrono::duration<double> age = std::chrono::steady_clock::now() - begun;
      hoard.use(level(age.count() * kFaster));
      usleep(5'000);
    }
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&& other) noexcept {
    std::swap(pid_, other.pid_);
    return *this;
  }
  ~Child() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }

 private:
  pid_t pid_;
};

double leak(double age) {
  return 20 + age;  // a megabyte a second
}
double saw(double age) {
  return 20 + std::fmod(age, 12) * 2;
}
double step(double age) {
  return age < 40 ? 20 : 170;
}

class RealMemory : public testing::Test {
 protected:
  static ProcessGroupConfig named(const char* comm) {
    ProcessGroupConfig config;
    config.name = config.service = comm;
    config.comm = {comm};
    return config;
  }
  // Looks as the scheduler does until the clock shows `until`, and calls `between` each time.
  void watch(double until, const std::function<void(double now)>& between) {
    while (clock_.now() < until) {
      FamilyList families;
      if (clock_.now() >= next_poll_) {
        collector_.poll({}, families);
        next_poll_ = clock_.now() + 5;
      }
      collector_.sample();
      note(families);
      between(clock_.now());
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
  }
  void note(const FamilyList& families) {
    for (const auto& family : families) {
      if (!family.name.ends_with("memory_leak_suspected")) continue;
      for (const auto& metric : family.metric) {
        if (metric.gauge.value != 1) continue;
        suspects_.emplace(metric.label.front().value, clock_.now());
      }
    }
  }

  FastClock clock_;
  Environment environment_{.clock = &clock_};
  KeptEvents events_;
  Facts facts_;
  NullLog log_;
  ProcessesCollector collector_{
      {named("ws-leak"), named("ws-saw"), named("ws-step"), named("ws-again")},
      ProcessesContext{environment_, events_, facts_, log_}};
  std::map<std::string, double> suspects_;  // when first seen, by group
  double next_poll_ = 0;
};

TEST_F(RealMemory, TheOneThatLeaksIsNamedWithinTwoMinutesAndNoOther) {
  const Child leaks("ws-leak", leak);
  const Child saws("ws-saw", saw);
  const Child steps("ws-step", step);
  Child again("ws-again", leak);
  double born = 0;
  watch(200, [&](double now) {
    if (now - born < 45) return;
    again = Child("ws-again", leak);  // which leaks, too, but never lives long enough to tell
    born = now;
  });
  ASSERT_TRUE(suspects_.contains("ws-leak"));
  EXPECT_LE(suspects_["ws-leak"], 125) << "with the poll that tells it";
  EXPECT_EQ(suspects_.size(), 1U) << testing::PrintToString(suspects_);
  std::vector<std::string> told;
  for (const Event& event : events_.events) {
    if (event.name == "leak_suspected") told.push_back(event.fields["group"]);
  }
  EXPECT_EQ(told, std::vector<std::string>{"ws-leak"});
}

}  // namespace
}  // namespace wayside
