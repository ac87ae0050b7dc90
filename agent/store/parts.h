#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "agent/core/sample.h"
#include "agent/store/rendered.h"
#include "agent/store/stored_family.h"

namespace wayside {

// One family as one source has it: of the store, read while it is written, or rendered before.
// A view: whoever made it keeps the family alive.
class FamilyPart {
 public:
  explicit FamilyPart(const StoredFamily& family) : family_(&family) {}
  explicit FamilyPart(const RenderedFamily& family) : family_(&family) {}

  [[nodiscard]] const FamilyDesc& desc() const;
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::uint32_t invalid() const;  // samples left out when it was rendered
  void samples(const Selection& selection, SampleSink& sink) const;

 private:
  std::variant<const StoredFamily*, const RenderedFamily*> family_;
};

// The store's families at one moment, by name, each once.
struct StoreParts {
  std::shared_ptr<const std::vector<std::shared_ptr<StoredFamily>>> families;
  std::unique_ptr<const std::vector<RenderedFamily>> own;  // what the store tells of itself
  std::vector<FamilyPart> by_name;                         // of both
};

}  // namespace wayside
