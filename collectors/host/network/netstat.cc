#include "collectors/host/network/netstat.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "agent/system/field_text.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

template <std::size_t n>
bool any_of(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

constexpr std::array<std::string_view, 2> kOctets = {"InOctets", "OutOctets"};
constexpr std::array<std::string_view, 2> kMessages = {"InMsgs", "OutMsgs"};
constexpr std::array<std::string_view, 7> kTcp = {
    "ActiveOpens", "InSegs", "OutSegs", "OutRsts", "PassiveOpens", "RetransSegs", "CurrEstab"};
constexpr std::array<std::string_view, 5> kUdp = {"InDatagrams", "OutDatagrams", "NoPorts",
                                                  "RcvbufErrors", "SndbufErrors"};

bool is_wanted_tcp_ext(std::string_view field) {
  return field.starts_with("Listen") || field.starts_with("Syncookies") ||
         field == "TCPSynRetrans" || field == "TCPTimeouts";
}

// Counters have all of 64 bits; what is no counter may be below zero.
std::optional<double> value_in(std::string_view word) {
  if (const auto number = number_in<std::uint64_t>(word)) return static_cast<double>(*number);
  if (const auto number = number_in<std::int64_t>(word)) return static_cast<double>(*number);
  return std::nullopt;
}

void add_field(std::string_view protocol, std::string_view field, std::string_view value,
               NamesInText& names, FamilyList& out) {
  if (!is_wanted_netstat(protocol, field)) return;
  const auto number = value_in(value);
  const std::string name = std::string(protocol) + "_" + std::string(field);
  if (!number || !names.take(name)) return;
  add_sample(add_family(out, "node_netstat_" + name,
                        "The kernel's " + std::string(field) + " of " + std::string(protocol) + ".",
                        prometheus::MetricType::Untyped),
             *number);
}

}  // namespace

bool is_wanted_netstat(std::string_view protocol, std::string_view field) {
  if (field == "InErrors" || field == "InErrs") return true;
  if (protocol == "Ip") return field == "Forwarding";
  if (protocol == "Ip6" || protocol == "IpExt") return any_of(kOctets, field);
  if (protocol == "Icmp" || protocol == "Icmp6") return any_of(kMessages, field);
  if (protocol == "TcpExt") return is_wanted_tcp_ext(field);
  if (protocol == "Tcp") return any_of(kTcp, field);
  return (protocol == "Udp" || protocol == "Udp6") && any_of(kUdp, field);
}

void add_netstat(std::string_view text, FamilyList& out) {
  NamesInText taken;
  while (!text.empty()) {
    std::string_view names = next_line(text);
    std::string_view values = next_line(text);
    std::string_view protocol = next_word(names);
    if (!protocol.ends_with(':') || next_word(values) != protocol) continue;
    protocol.remove_suffix(1);
    for (auto name = next_word(names); !name.empty(); name = next_word(names)) {
      add_field(protocol, name, next_word(values), taken, out);
    }
  }
}

void add_snmp6(std::string_view text, FamilyList& out) {
  NamesInText taken;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view name = next_word(line);
    const std::size_t six = name.find('6');
    if (six == std::string_view::npos) continue;
    add_field(name.substr(0, six + 1), name.substr(six + 1), next_word(line), taken, out);
  }
}

}  // namespace wayside
