#include "agent/requests/recorder.h"

#include <utility>

#include "agent/requests/recorder_impl.h"

namespace wayside {

Result<std::unique_ptr<Recorder>> Recorder::create(const RecorderContext& context, Shard& shard,
                                                   std::string service, const RequestRules& rules) {
  Result<RequestFamilies> families =
      RequestFamilies::declare(context.store, rules, context.collector);
  if (!families) return families.error();
  Result<Redaction> redaction = Redaction::create(rules);
  if (!redaction) return redaction.error();
  auto impl = std::make_unique<Impl>(context, shard, std::move(service), rules, *families,
                                     std::move(*redaction));
  return std::unique_ptr<Recorder>(new Recorder(std::move(impl)));
}

Recorder::Recorder(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Recorder::~Recorder() = default;

void Recorder::on(std::span<const Request> requests) {
  impl_->record(requests);
}

void Recorder::tick() {
  impl_->tick();
}

}  // namespace wayside
