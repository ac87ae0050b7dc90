#include "collectors/host/system/timex.h"

#include <cerrno>

#include "agent/core/result.h"

namespace wayside {
namespace {

constexpr double kMicros = 1e6;
constexpr double kNanos = 1e9;
constexpr double kPpmFraction = 1e6 * 65536;  // a frequency's unit: 2^-16 of a part per million

void gauge(FamilyList& out, const char* name, const char* help, double value) {
  add_gauge(out, name, help, value);
}

void add_loop(const timex& clock, double per_second, FamilyList& out) {
  gauge(out, "node_timex_offset_seconds", "The clock's offset from its reference.",
        static_cast<double>(clock.offset) / per_second);
  gauge(out, "node_timex_frequency_adjustment_ratio", "How much faster the clock is made to run.",
        1 + static_cast<double>(clock.freq) / kPpmFraction);
  gauge(out, "node_timex_maxerror_seconds", "The most that the clock may be wrong by.",
        static_cast<double>(clock.maxerror) / kMicros);
  gauge(out, "node_timex_estimated_error_seconds", "What the clock is thought to be wrong by.",
        static_cast<double>(clock.esterror) / kMicros);
  gauge(out, "node_timex_status", "The status bits of the kernel's clock, STA_* of adjtimex(2).",
        clock.status);
  gauge(out, "node_timex_loop_time_constant", "The time constant of the phase-locked loop.",
        static_cast<double>(clock.constant));
  gauge(out, "node_timex_tick_seconds", "Time between two ticks of the clock.",
        static_cast<double>(clock.tick) / kMicros);
  gauge(out, "node_timex_tai_offset_seconds", "What International Atomic Time is ahead of UTC.",
        clock.tai);
}

void add_pulse(const timex& clock, double per_second, FamilyList& out) {
  gauge(out, "node_timex_pps_frequency_hertz", "Frequency of the pulse per second.",
        static_cast<double>(clock.ppsfreq) / kPpmFraction);
  gauge(out, "node_timex_pps_jitter_seconds", "Jitter of the pulse per second.",
        static_cast<double>(clock.jitter) / per_second);
  gauge(out, "node_timex_pps_shift_seconds", "Length of the pulse per second's intervals.",
        clock.shift);
  gauge(out, "node_timex_pps_stability_hertz", "How far the pulse per second's frequency wanders.",
        static_cast<double>(clock.stabil) / kPpmFraction);
  add_counter(out, "node_timex_pps_jitter_total", "Pulses whose jitter was too large.",
              static_cast<double>(clock.jitcnt));
  add_counter(out, "node_timex_pps_calibration_total", "Intervals of calibration by pulses.",
              static_cast<double>(clock.calcnt));
  add_counter(out, "node_timex_pps_error_total", "Errors of calibration by pulses.",
              static_cast<double>(clock.errcnt));
  add_counter(out, "node_timex_pps_stability_exceeded_total",
              "Times that the pulse per second wandered too far.",
              static_cast<double>(clock.stbcnt));
}

class TimexPart final : public HostPart {
 public:
  explicit TimexPart(const HostCalls& calls) : adjtimex_(calls.adjtimex) {}

  Outcome read(FamilyList& out) override {
    timex clock{};
    const int state = adjtimex_(&clock);
    if (state < 0) {
      const int code = errno;
      if (code == ENOSYS) return Outcome::nothing("adjtimex");
      return Outcome::failed(system_error("adjtimex", code).message +
                             ": a sandbox has to allow the call");
    }
    add_timex(clock, state, out);
    return Outcome::ok();
  }

 private:
  int (*adjtimex_)(timex*);
};

}  // namespace

void add_timex(const timex& clock, int state, FamilyList& out) {
  const double per_second = (clock.status & STA_NANO) != 0 ? kNanos : kMicros;
  gauge(out, "node_timex_sync_status", "Whether the clock is kept by a reference: 1 or 0.",
        state == TIME_ERROR ? 0 : 1);
  add_loop(clock, per_second, out);
  add_pulse(clock, per_second, out);
}

std::unique_ptr<HostPart> timex_part(const HostContext& host) {
  return std::make_unique<TimexPart>(host.calls);
}

}  // namespace wayside
