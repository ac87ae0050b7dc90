#include "collectors/host/system/time.h"

#include <ctime>
#include <string>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

// Linux has one device of clock sources, however many sources there are.
constexpr std::string_view kDevice = "0";
constexpr std::size_t kMostSources = 64;

class TimePart final : public HostPart {
 public:
  explicit TimePart(const Environment& environment)
      : clock_(environment.clock),
        available_(folder(environment) / "available_clocksource"),
        current_(folder(environment) / "current_clocksource") {}

  // The time is always known; a kernel in a sandbox may show no clock sources.
  Outcome read(FamilyList& out) override {
    add_time(clock_->wall(), out);
    const auto available = available_.read();
    const auto current = current_.read();
    add_clocksources(kDevice, available ? *available : "", current ? *current : "", out);
    return Outcome::ok();
  }

 private:
  static std::filesystem::path folder(const Environment& environment) {
    return environment.sys / "devices/system/clocksource/clocksource0";
  }

  const Clock* clock_;
  KernelFile available_;
  KernelFile current_;
};

void add_sources(std::string_view device, std::string_view text, const char* name, const char* help,
                 FamilyList& out) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Gauge);
  for (std::size_t i = 0; i < kMostSources; ++i) {
    const std::string_view source = next_word(text);
    if (source.empty()) return;
    add_sample(family, 1, {{"clocksource", std::string(source)}, {"device", std::string(device)}});
  }
}

}  // namespace

void add_time(WallTime now, FamilyList& out) {
  add_gauge(out, "node_time_seconds", "The host's clock, in seconds since 1970.", seconds(now));
  const std::time_t time = std::chrono::system_clock::to_time_t(now);
  std::tm local{};
  if (::localtime_r(&time, &local) == nullptr) return;
  add_gauge(out, "node_time_zone_offset_seconds", "What local time is ahead of UTC.",
            static_cast<double>(local.tm_gmtoff), {{"time_zone", local.tm_zone}});
}

void add_clocksources(std::string_view device, std::string_view available, std::string_view current,
                      FamilyList& out) {
  add_sources(device, available, "node_time_clocksource_available_info",
              "Clock sources that the kernel could use: always 1.", out);
  add_sources(device, current, "node_time_clocksource_current_info",
              "The clock source that the kernel uses: always 1.", out);
}

std::unique_ptr<HostPart> time_part(const HostContext& host) {
  return std::make_unique<TimePart>(host.environment);
}

}  // namespace wayside
