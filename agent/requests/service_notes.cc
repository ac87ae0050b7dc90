#include "agent/requests/service_notes.h"

#include <algorithm>
#include <random>

#include "agent/requests/client_text.h"
#include "agent/requests/hash.h"
#include "agent/requests/route_style.h"
#include "agent/requests/shown_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxText = 128;

void take(std::string& to, std::string_view text) {
  if (!text.empty()) to.assign(text.substr(0, kMaxText));
}

void take(ServiceNote& note, const Request& request) {
  take(note.route, request.route_given);
  take(note.who, request.who);
  take(note.client, request.client);
  if (request.status != 0) note.status = request.status;
  if (request.total != kNoDuration) note.duration = request.total;
}

}  // namespace

nlohmann::ordered_json ServiceNote::beyond(const nlohmann::ordered_json& fields,
                                           std::uint64_t seed) const {
  auto told = nlohmann::ordered_json::object();
  const auto put = [&](const char* name, auto value) {
    const auto same = fields.find(name);
    if (same == fields.end() || *same != value) told[name] = std::move(value);
  };
  if (!route.empty()) put("route", shown_text(styled_template(route), kMaxText));
  if (status != 0) put("status", status);
  if (duration != kNoDuration) told["duration"] = seconds(duration);
  if (!who.empty()) put("who", shown_who(who, seed));
  if (!client.empty() && !fields.contains("client")) put("client", shown_who(client, seed));
  return told;
}

ServiceNotes::ServiceNotes() {
  std::random_device device;
  seed_ = (std::uint64_t{device()} << 32) | device();
}

std::uint64_t ServiceNotes::hash_of(std::string_view id) const {
  return hash_text(id.substr(0, kMaxId), seed_) | 1;
}

void ServiceNotes::put(std::span<const Request> requests, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  for (const Request& request : requests) {
    if (!request.request_id.empty()) put(request.request_id, request, now);
    if (!request.trace_id.empty() && request.trace_id != request.request_id) {
      put(request.trace_id, request, now);
    }
  }
}

void ServiceNotes::put(std::string_view id, const Request& request, SteadyTime now) {
  const std::uint64_t hash = hash_of(id);
  Set& set = sets_[(hash >> 1) & (kSets - 1)];
  const auto worth = [now](const Slot& slot) {
    return slot.hash == 0 || now - slot.put > kKept ? Micros::min() : slot.note.duration;
  };
  auto slot = std::ranges::find(set, hash, &Slot::hash);
  if (slot == set.end() || now - slot->put > kKept) {
    if (slot == set.end()) slot = std::ranges::min_element(set, {}, worth);
    slot->note = {};
  }
  slot->hash = hash;
  slot->put = now;
  take(slot->note, request);
}

const ServiceNotes::Slot* ServiceNotes::find(std::string_view id, SteadyTime now) const {
  if (id.empty()) return nullptr;
  const std::uint64_t hash = hash_of(id);
  const Set& set = sets_[(hash >> 1) & (kSets - 1)];
  const auto slot = std::ranges::find(set, hash, &Slot::hash);
  return slot == set.end() || now - slot->put > kKept ? nullptr : &*slot;
}

std::optional<ServiceNote> ServiceNotes::find(const RequestIds& ids, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  const Slot* slot = find(ids.request_id, now);
  if (slot == nullptr) slot = find(ids.trace_id, now);
  if (slot == nullptr) return std::nullopt;
  return slot->note;
}

std::shared_ptr<ServiceNotes> NotesBoard::share(const std::string& service) {
  const std::lock_guard lock(mutex_);
  auto& kept = notes_[service];
  auto notes = kept.lock();
  if (!notes) {
    notes = std::make_shared<ServiceNotes>();
    kept = notes;
  }
  return notes;
}

std::shared_ptr<ServiceNotes> NotesBoard::find(const std::string& service) const {
  const std::lock_guard lock(mutex_);
  const auto found = notes_.find(service);
  return found == notes_.end() ? nullptr : found->second.lock();
}

}  // namespace wayside
