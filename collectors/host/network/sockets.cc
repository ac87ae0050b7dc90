#include "collectors/host/network/sockets.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

#include "agent/system/field_text.h"
#include "agent/system/units.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

void add_state(const std::string& protocol, const std::string& state, double value,
               NamesInText& names, FamilyList& out) {
  const std::string name = protocol + "_" + state;
  if (!names.take(name)) return;
  add_gauge(out, "node_sockstat_" + name, "Sockets: " + state + " of " + protocol + ".", value);
}

void add_states(const std::string& protocol, std::string_view pairs, NamesInText& names,
                FamilyList& out) {
  for (std::string state(next_word(pairs)); !state.empty(); state = next_word(pairs)) {
    const auto value = next_number<std::int64_t>(pairs);
    if (!value) return;
    const auto number = static_cast<double>(*value);
    add_state(protocol, state, number, names, out);
    if (state == "mem") {
      add_state(protocol, "mem_bytes", number * bytes_per_page(), names, out);
    }
  }
}

std::optional<std::uint64_t> hex_in(std::string_view word) {
  std::uint64_t number = 0;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number, 16);
  if (word.empty() || code != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

struct Queues {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
};

// The fifth column of a socket's line, "00000000:00000200". The sums wrap no sooner than the
// kernel's own figures do.
std::optional<Queues> parse_queues(std::string_view line) {
  for (int column = 0; column < 4; ++column) next_word(line);
  const std::string_view word = next_word(line);
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto sent = hex_in(word.substr(0, colon));
  const auto received = hex_in(word.substr(colon + 1));
  if (!sent || !received) return std::nullopt;
  return Queues{*sent, *received};
}

void add_udp_queues(std::string_view text, const char* ip, FamilyList& out) {
  std::string_view heading = next_line(text);
  if (next_word(heading) != "sl") return;
  double sent = 0;
  double received = 0;
  while (!text.empty()) {
    const auto queues = parse_queues(next_line(text));
    if (!queues) continue;
    sent += static_cast<double>(queues->sent);
    received += static_cast<double>(queues->received);
  }
  auto& family = same_family(out, "node_udp_queues", "Bytes that wait in all UDP sockets.",
                             prometheus::MetricType::Gauge);
  add_sample(family, sent, {{"queue", "tx"}, {"ip", ip}});
  add_sample(family, received, {{"queue", "rx"}, {"ip", ip}});
}

}  // namespace

void add_sockstat(std::string_view text, FamilyList& out) {
  NamesInText names;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    std::string_view protocol = next_word(line);
    if (!protocol.ends_with(':')) continue;
    protocol.remove_suffix(1);
    add_states(std::string(protocol), line, names, out);
  }
}

void add_udp4_queues(std::string_view text, FamilyList& out) {
  add_udp_queues(text, "v4", out);
}

void add_udp6_queues(std::string_view text, FamilyList& out) {
  add_udp_queues(text, "v6", out);
}

}  // namespace wayside
