#include "exporters/prometheus/http/tally.h"

namespace wayside {
namespace {

constexpr std::array<const char*, kConnectionEnds> kEnds = {
    "answered", "refused", "silent", "crowded", "overloaded", "cut_off", "broken", "stopped"};

}  // namespace

Tally::Tally() : registry_(std::make_shared<prometheus::Registry>()) {
  auto& connections = prometheus::BuildCounter()
                          .Name("wayside_http_connections_total")
                          .Help("Connections to the agent's endpoint, by how they ended.")
                          .Register(*registry_);
  for (std::size_t i = 0; i < kEnds.size(); ++i) ended_[i] = &connections.Add({{"end", kEnds[i]}});
  accept_failed_ = &prometheus::BuildCounter()
                        .Name("wayside_http_accept_failures_total")
                        .Help("Times the system refused to hand over a new connection.")
                        .Register(*registry_)
                        .Add({});
}

}  // namespace wayside
