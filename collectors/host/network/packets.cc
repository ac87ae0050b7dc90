#include "collectors/host/network/packets.h"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kColumns = 13;
constexpr std::size_t kMostDevices = 8192;

struct CpuPackets {
  std::uint32_t cpu = 0;
  std::uint32_t processed = 0;
  std::uint32_t dropped = 0;
  std::uint32_t squeezed = 0;
};

std::optional<std::uint32_t> hex_in(std::string_view word) {
  std::uint32_t number = 0;
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number, 16);
  if (word.empty() || code != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

std::optional<CpuPackets> parse_cpu(std::string_view line, std::uint32_t number) {
  std::vector<std::uint32_t> columns;
  while (columns.size() < kColumns) {
    const std::string_view word = next_word(line);
    if (word.empty()) break;
    const auto value = hex_in(word);
    if (!value) return std::nullopt;
    columns.push_back(*value);
  }
  if (columns.size() < 3) return std::nullopt;
  if (columns.size() == kColumns) number = columns.back();
  return CpuPackets{number, columns[0], columns[1], columns[2]};
}

void add_by_cpu(FamilyList& out, const char* name, const char* help,
                const std::vector<CpuPackets>& cpus, std::uint32_t CpuPackets::*figure) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Counter);
  for (const CpuPackets& cpu : cpus) {
    add_sample(family, static_cast<double>(cpu.*figure), {{"cpu", std::to_string(cpu.cpu)}});
  }
}

}  // namespace

void add_softnet(std::string_view text, FamilyList& out) {
  std::vector<CpuPackets> cpus;
  for (std::uint32_t number = 0; !text.empty(); ++number) {
    if (const auto cpu = parse_cpu(next_line(text), number)) cpus.push_back(*cpu);
  }
  if (cpus.empty()) return;
  add_by_cpu(out, "node_softnet_processed_total", "Packets that each CPU took from its queue.",
             cpus, &CpuPackets::processed);
  add_by_cpu(out, "node_softnet_dropped_total", "Packets dropped since a CPU's queue was full.",
             cpus, &CpuPackets::dropped);
  add_by_cpu(out, "node_softnet_times_squeezed_total",
             "Times that a CPU left packets for later, having used its share of time.", cpus,
             &CpuPackets::squeezed);
}

void add_arp(std::string_view text, FamilyList& out) {
  std::map<std::string, std::uint64_t, std::less<>> entries;
  std::string_view heading = next_line(text);
  if (next_word(heading) != "IP") return;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    for (int column = 0; column < 5; ++column) next_word(line);
    const std::string_view device = next_word(line);
    if (device.empty()) continue;
    if (entries.size() < kMostDevices || entries.contains(device)) ++entries[std::string(device)];
  }
  auto& family = add_family(out, "node_arp_entries", "Neighbours in the ARP table, by device.",
                            prometheus::MetricType::Gauge);
  for (const auto& [device, count] : entries) {
    add_sample(family, static_cast<double>(count), {{"device", device}});
  }
}

}  // namespace wayside
