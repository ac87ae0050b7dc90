#include "agent/core/facts.h"

namespace wayside {

FactId Facts::declare(std::string_view scope, std::string_view name) {
  const std::lock_guard lock(mutex_);
  const std::size_t size = size_.load(std::memory_order_relaxed);
  for (std::size_t i = 0; i < size; ++i) {
    if (slots_[i]->scope == scope && slots_[i]->name == name) {
      return {static_cast<std::uint32_t>(i)};
    }
  }
  if (size == kMaxFacts) return {kMaxFacts};
  slots_[size] = std::make_unique<Slot>();
  slots_[size]->scope = scope;
  slots_[size]->name = name;
  size_.store(size + 1, std::memory_order_release);
  return {static_cast<std::uint32_t>(size)};
}

Facts::Slot* Facts::slot(FactId fact) {
  const bool known = fact.index < size_.load(std::memory_order_acquire);
  return known ? slots_[fact.index].get() : nullptr;
}

void Facts::put(FactId fact, double value, WallTime now) {
  Slot* const to = slot(fact);
  if (to == nullptr) return;
  to->value.store(value, std::memory_order_relaxed);
  // Released after the value: whoever sees the time sees a value at least as new.
  to->put_at.store(now.time_since_epoch().count(), std::memory_order_release);
}

void Facts::withdraw(FactId fact) {
  Slot* const to = slot(fact);
  if (to == nullptr) return;
  to->put_at.store(kNoTime.time_since_epoch().count(), std::memory_order_release);
}

void Facts::each(std::string_view scope, WallTime now, Micros max_age,
                 const std::function<void(std::string_view name, double value)>& fn) const {
  const std::size_t size = size_.load(std::memory_order_acquire);
  for (std::size_t i = 0; i < size; ++i) {
    const Slot& from = *slots_[i];
    if (!from.scope.empty() && from.scope != scope) continue;
    const WallTime put_at{Micros{from.put_at.load(std::memory_order_acquire)}};
    if (put_at == kNoTime || now - put_at > max_age) continue;
    fn(from.name, from.value.load(std::memory_order_relaxed));
  }
}

}  // namespace wayside
